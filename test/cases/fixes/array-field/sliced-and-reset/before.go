package p

type ring struct {
	buf []byte
	n   int
}

func newRing() *ring {
	return &ring{buf: make([]byte, 16)}
}

func (r *ring) reset() { r.buf = make([]byte, 16) }

func (r *ring) head() []byte { return r.buf[:4] }
