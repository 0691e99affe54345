package p

// Sink keeps results alive.
var Sink int

// Op is what is measured.
func Op() { Sink = newRing(3).sum() }

type ring struct {
	buf  [64]int // elements
	next int     // where the next goes
}

//go:noinline
func newRing(n int) *ring {
	r := &ring{next: n}
	return r
}

func (r *ring) put(x int) {
	r.buf[r.next%len(r.buf)] = x
	r.next++
}

//go:noinline
func (r *ring) sum() int {
	r.put(1)
	t := 0
	for i, x := range r.buf[:] {
		t += i * x
	}
	return t + copy(r.buf[:], r.buf[1:])
}
