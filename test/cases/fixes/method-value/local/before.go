package p

type counter struct{ n int }

func (c *counter) inc() { c.n++ }

var f func()

//go:noinline
func set(c *counter) { f = c.inc }

func Op() { set(nil) }
