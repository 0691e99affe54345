package p

type sinker struct{ n int }

func (s *sinker) take(int) { s.n++ }

var s sinker
var f func(int)

//go:noinline
func run(g func(int)) { f = g; g(1) }

func Op() { run(s.take) }
