package p

import "sync"

type encoder struct {
	buffers sync.Pool
	count   int
}

func newEncoder() *encoder {
	return &encoder{
		buffers: sync.Pool{
			New: func() any { return make([]byte, 0, 256) },
		},
	}
}

func (e *encoder) encode(values []int) int {
	buf := e.buffers.Get().([]byte)
	buf = buf[:0]
	for _, v := range values {
		buf = append(buf, byte(v), byte(v>>8))
	}
	n := len(buf)
	e.buffers.Put(buf)
	return n
}

var e = newEncoder()

func Op() { e.count += e.encode([]int{1, 2, 500}) }
