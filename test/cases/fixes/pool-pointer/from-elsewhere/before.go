package p

import "sync"

var pool = sync.Pool{New: func() any { return make([]byte, 0, 128) }}

func give(b []byte) {
	pool.Put(b)
}

func Op() {
	b := pool.Get().([]byte)
	give(b)
}
