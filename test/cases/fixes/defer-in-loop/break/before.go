package p

import "sync"

var mu [4]sync.Mutex

//go:noinline
func all() {
	for i := range mu {
		m := &mu[i]
		m.Lock()
		defer func() { m.Unlock() }()
		if i > 2 {
			break
		}
	}
}

func Op() { all() }
