package p

import "sync"

var pool = sync.Pool{New: func() any { return make([]byte, 0, 128) }}

func Op() {
	b := pool.Get().([]byte)
	pool.Put(b)
}
