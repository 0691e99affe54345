//go:build go1.21

package p

import "sync"

var names = []string{"a", "b"}

//go:noinline
func use(name string) { _ = name }

func Op() {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			use(name)
		}()
	}
	wg.Wait()
}
