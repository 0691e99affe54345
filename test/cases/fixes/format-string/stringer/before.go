package p

import "fmt"

type color int

func (c color) String() string { return "red" }

func name(c color) string { return fmt.Sprintf("%v", c) }
