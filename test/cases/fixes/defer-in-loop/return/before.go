package p

import "sync"

var mu [4]sync.Mutex

//go:noinline
func all() bool {
	for i := range mu {
		m := &mu[i]
		m.Lock()
		defer func() { m.Unlock() }()
		if i > 2 {
			return true
		}
	}
	return false
}

func Op() { all() }
