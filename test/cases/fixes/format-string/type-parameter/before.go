package p

import "fmt"

func show[T ~string](x T) string { return fmt.Sprintf("%s", x) }

var shown = show("x")
