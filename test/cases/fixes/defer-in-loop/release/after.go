package p

import "sync"

var mu [4]sync.Mutex
var sink int

//go:noinline
func all() int {
	for i := range mu {
		func() {
			mu[i].Lock()
			defer mu[i].Unlock()
			sink++
		}()
	}
	return sink
}

func Op() { all() }
