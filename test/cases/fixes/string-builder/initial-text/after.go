package p

import "strings"

var Sink string

func Op() { Sink = list(strings.Fields("one two three four five six seven eight nine ten")) }

//go:noinline
func list(xs []string) string {
	var sb strings.Builder
	sb.WriteString("list:")
	for _, x := range xs {
		sb.WriteString(" ")
		sb.WriteString(x)
	}
	s := sb.String()
	return s + "."
}
