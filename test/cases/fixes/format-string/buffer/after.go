package p

import (
	"bytes"
)

var Sink int

func Op() { Sink = render("name", "value", 123456) }

//go:noinline
func render(name, value string, n int) int {
	var buf bytes.Buffer
	buf.WriteString(name + "=" + value + "\n")
	return buf.Len()
}
