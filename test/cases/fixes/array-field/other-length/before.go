package p

type ring struct {
	buf []byte
	n   int
}

func newRing() *ring {
	return &ring{buf: make([]byte, 16)}
}

func small() *ring { return &ring{buf: make([]byte, 8)} }
