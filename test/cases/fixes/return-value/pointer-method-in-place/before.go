package p

type counter struct{ n int }

func (c *counter) inc() int { c.n++; return c.n }

//go:noinline
func newCounter(n int) *counter { return &counter{n: n} }

var sink int

func Op() { sink = newCounter(1).inc() }
