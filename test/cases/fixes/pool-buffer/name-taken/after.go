package p

import (
	"bytes"
	"fmt"
	"sync"
)

var bufferPool = 1
var sink int

var bufferPool2 = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func Op() {
	buf := bufferPool2.Get().(*bytes.Buffer)
	buf.Reset()
	defer bufferPool2.Put(buf)
	fmt.Fprintf(buf, "%d", bufferPool)
	sink = buf.Len()
}
