package p

type ring struct {
	buf []byte
	n   int
}

func newRing() *ring {
	return &ring{buf: make([]byte, 16)}
}

type other struct{ buf []byte }

func (o other) first() byte { return o.buf[0] }
