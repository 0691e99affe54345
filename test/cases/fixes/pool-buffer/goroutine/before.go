package p

import (
	"bytes"
	"io"
)

//go:noinline
func drain(r io.Reader) { io.Copy(io.Discard, r) }

func Op() {
	var buf bytes.Buffer
	buf.WriteString("x")
	go drain(&buf)
}
