package p

import "fmt"

type amount int

func show(a amount) string { return fmt.Sprintf("%d", a) }
