package p

import "strings"

var names = []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"}

var Sink int

func Op() { Sink = len(join(names)) }

//go:noinline
func join(names []string) string {
	var sb strings.Builder
	for i, name := range names {
		if i > 0 {
			sb.WriteString(", ")
		}
		sb.WriteString("<")
		sb.WriteString(name)
		sb.WriteString(">") // in brackets
	} // all of them
	s := sb.String()

	return s
}
