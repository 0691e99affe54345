package p

import "strings"

var Sink string

func Op() { Sink = list(strings.Fields("one two three four five six seven eight nine ten")) }

//go:noinline
func list(xs []string) string {
	var s string = "list:"
	for _, x := range xs {
		s += " " + x
	}
	return s + "."
}
