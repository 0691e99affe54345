package p

import "sync"

var buffers = &sync.Pool{
	New: func() any {
		b := make([]byte, 64)
		return &b
	},
}
var sink int

//go:noinline
func fill(p []byte) int { return copy(p, "abc") }

func Op() {
	pointer := buffers.Get().(*[]byte)
	p := *pointer
	defer buffers.Put(pointer)
	sink = fill(p)
}

func other() {
	p := buffers.Get().(*[]byte)
	buf := *p
	sink = fill(buf)
	*p = buf[:0]
	buffers.Put(p)
}
