package p

type ring struct {
	buf   [64]int
	count int
}

func newRing(n int) *ring {
	return &ring{
		buf:   [64]int{}, // elements
		count: n,         // how many
	}
}

func (r *ring) first() int { return r.buf[0] + r.count }
