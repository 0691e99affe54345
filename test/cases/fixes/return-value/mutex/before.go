package p

import "sync"

type guarded struct {
	mu sync.Mutex
	n  int
}

//go:noinline
func newGuarded(n int) *guarded { return &guarded{n: n} }

var sink int

func Op() { sink = newGuarded(1).n }
