package p

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

//go:noinline
func newCounter(n int) counter { return counter{n: n} }

var sink int

func Op() {
	c := newCounter(1)
	c.inc()
	sink = c.n
}
