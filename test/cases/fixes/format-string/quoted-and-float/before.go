package p

import (
	"fmt"
)

var Sink string

func Op() { Sink = show("a name", 1.25) }

//go:noinline
func show(name string, f float64) string {
	return fmt.Sprintf("%q has %.2f", name, f)
}
