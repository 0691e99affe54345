package p

type counter struct{ n int }

func (x *counter) add(c int) { x.n += c }

var c counter
var f func(int)

//go:noinline
func run(g func(int)) { f = g; g(1) }

func Op() { run(c.add) }
