package p

import "sync"

var pool sync.Pool

func Op() {
	b, ok := pool.Get().([]byte)
	if !ok {
		b = make([]byte, 0, 128)
	}
	pool.Put(b)
}
