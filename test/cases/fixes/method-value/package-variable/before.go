package p

type counter struct{ n int }

//go:noinline
func (c *counter) add(m int, rest ...int) int { c.n += m; return len(rest) }

var c counter
var f func(int, ...int) int

//go:noinline
func run(g func(int, ...int) int) { f = g; g(1) }

func Op() { run(c.add) }
