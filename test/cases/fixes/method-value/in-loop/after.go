package p

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

var f func()

//go:noinline
func run(g func()) { f = g; g() }

//go:noinline
func all(c *counter) {
	inc := c.inc
	for range 4 {
		run(inc)
	}
}

var one counter

func Op() { all(&one) }
