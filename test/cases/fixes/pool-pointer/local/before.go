package p

import "sync"

func Op() {
	pool := sync.Pool{New: func() any { return make([]byte, 0, 128) }}
	b := pool.Get().([]byte)
	pool.Put(b)
}
