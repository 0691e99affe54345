package p

import (
	"bytes"
	"fmt"
	"sync"
)

var sink string

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// First has its buffer from the pool already.
func First() {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	fmt.Fprintf(buf, "%d", 7)
	sink = buf.String()
}

func Op() {
	buf := buffers.Get().(*bytes.Buffer)
	buf.Reset()
	defer buffers.Put(buf)
	fmt.Fprintf(buf, "%d", 8)
	buf.WriteByte('!')
	sink = buf.String()
}
