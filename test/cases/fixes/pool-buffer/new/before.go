package p

import "bytes"
import "io"

var sink int64
var w io.Writer = io.Discard

func Op() {
	buf := new(bytes.Buffer)
	write(buf)
	w.Write(buf.Bytes())
}

//go:noinline
func write(to io.Writer) { io.WriteString(to, "text of some length that is written to the buffer") }
