package p

const size = 16

type ring struct {
	buf []byte
	n   int
}

func newRing() *ring {
	r := new(ring)
	r.n = 1
	r.buf = make([]byte, size)
	return r
}

func (r *ring) reset() {
	r.buf = make([]byte, size)
}

func (r *ring) first() byte { return r.buf[r.n] }
