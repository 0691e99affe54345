package p

import "sync"

type message struct{ body []byte }

type reader struct{ pool sync.Pool }

func newReader() *reader {
	return &reader{pool: sync.Pool{New: func() any { return make([]byte, 0, 16) }}}
}

func (r *reader) read(s string) message {
	b := r.pool.Get().([]byte)
	return message{body: append(b[:0], s...)}
}

func (r *reader) release(m message) {
	r.pool.Put(m.body)
}

var r = newReader()

func Op() { r.release(r.read("hello")) }
