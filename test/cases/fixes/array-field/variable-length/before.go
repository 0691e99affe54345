package p

type ring struct{ buf []byte }

func newRing(n int) *ring { return &ring{buf: make([]byte, n)} }
