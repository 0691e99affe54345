package p

import "sync"

type holder struct{ pool sync.Pool }

var h = holder{sync.Pool{New: func() any { return make([]byte, 0, 128) }}}

func Op() {
	b := h.pool.Get().([]byte)
	h.pool.Put(b)
}
