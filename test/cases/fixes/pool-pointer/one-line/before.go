package p

import "sync"

var pool = sync.Pool{New: func() any { return make([]byte, 0, 128) }}
var sink int

func Op() {
	b := pool.Get().([]byte)
	b = append(b[:0], 'x')
	sink = len(b)
	pool.Put(b)
}
