package p

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

var hook func() int

//go:noinline
func set(n int) {
	c := counter{n}
	hook = func() int { return c.n }
	c.inc()
}

func Op() { set(1) }
