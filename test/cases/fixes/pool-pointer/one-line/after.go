package p

import "sync"

var pool = sync.Pool{New: func() any { b := make([]byte, 0, 128); return &b }}
var sink int

func Op() {
	p := pool.Get().(*[]byte)
	b := *p
	b = append(b[:0], 'x')
	sink = len(b)
	*p = b
	pool.Put(p)
}
