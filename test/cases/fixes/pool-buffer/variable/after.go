package p

import (
	"bytes"
	"fmt"
	"sync"
)

var n = 1000
var sink string

var bufferPool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Op formats.
func Op() {
	buf := bufferPool.Get().(*bytes.Buffer)
	buf.Reset()
	defer bufferPool.Put(buf)
	fmt.Fprintf(buf, "%d", 7)
	buf.WriteByte('!')
	sink = buf.String()
}
