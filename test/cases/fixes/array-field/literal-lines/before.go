package p

type ring struct {
	buf   []int
	count int
}

func newRing(n int) *ring {
	return &ring{
		buf:   make([]int, 64), // elements
		count: n,               // how many
	}
}

func (r *ring) first() int { return r.buf[0] + r.count }
