package p

import "sync"

var mu [4]sync.Mutex
var sink int

//go:noinline
func all() {
	for i := range mu {
		m := &mu[i]
		m.Lock()
		defer func() { m.Unlock() }()

		sink++ // counted
		_ = `
raw`
	}
}

func Op() { all() }
