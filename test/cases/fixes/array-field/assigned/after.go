package p

const size = 16

type ring struct {
	buf [size]byte
	n   int
}

func newRing() *ring {
	r := new(ring)
	r.n = 1
	return r
}

func (r *ring) reset() {
	r.buf = [size]byte{}
}

func (r *ring) first() byte { return r.buf[r.n] }
