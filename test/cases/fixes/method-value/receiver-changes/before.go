package p

type counter struct {
	n    int
	next *counter
}

func (c *counter) inc() { c.n++ }

var f func()

//go:noinline
func run(g func()) { f = g; g() }

//go:noinline
func all(c *counter) {
	for c != nil {
		run(c.inc)
		c = c.next
	}
}

func Op() { all(nil) }
