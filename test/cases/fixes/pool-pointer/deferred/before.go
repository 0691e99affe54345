package p

import "sync"

var buffers = &sync.Pool{
	New: func() any {
		return make([]byte, 64)
	},
}
var sink int

//go:noinline
func fill(p []byte) int { return copy(p, "abc") }

func Op() {
	p := buffers.Get().([]byte)
	defer buffers.Put(p)
	sink = fill(p)
}

func other() {
	buf := buffers.Get().([]byte)
	sink = fill(buf)
	buffers.Put(buf[:0])
}
