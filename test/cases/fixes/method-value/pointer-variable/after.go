package p

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

var c = &counter{}
var f func()

//go:noinline
func run(g func()) { f = g; g() }

func Op() { run(func() { c.inc() }) }
