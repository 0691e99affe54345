package p

import "strconv"

type kind int

type label string

func (l *label) set(s string) { *l = label(s) }

var Sink string

func Op() { Sink = describe(1000, "abc") }

//go:noinline
func describe(k kind, l label) string {
	return "<" + string(l) + "=" + strconv.Itoa(int(k)) + ">"
}
