package p

import (
	"bytes"
	"fmt"
)

var Sink int

func Op() { Sink = render("name", "value", 123456) }

//go:noinline
func render(name, value string, n int) int {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%s=%s\n", name, value)
	return buf.Len()
}
