package p

import "sync"

var Pool = sync.Pool{New: func() any { return make([]byte, 0, 128) }}

func Op() {
	b := Pool.Get().([]byte)
	Pool.Put(b)
}
