package p

import "fmt"

type kind int

type label string

func (l *label) set(s string) { *l = label(s) }

var Sink string

func Op() { Sink = describe(1000, "abc") }

//go:noinline
func describe(k kind, l label) string {
	return "<" + fmt.Sprintf("%s=%d", l, k) + ">"
}
