package p

import "bytes"
import "io"
import "sync"

var sink int64
var w io.Writer = io.Discard

var bufferPool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func Op() {
	buf := bufferPool.Get().(*bytes.Buffer)
	buf.Reset()
	defer bufferPool.Put(buf)
	write(buf)
	w.Write(buf.Bytes())
}

//go:noinline
func write(to io.Writer) { io.WriteString(to, "text of some length that is written to the buffer") }
