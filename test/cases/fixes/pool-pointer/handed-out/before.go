package p

import "sync"

var pool = sync.Pool{New: func() any { return make([]byte, 0, 128) }}

func get() []byte { return pool.Get().([]byte) }

func Op() {
	b := get()
	pool.Put(b)
}
