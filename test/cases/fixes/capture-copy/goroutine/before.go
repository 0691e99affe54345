package p

import "sync"

var total [8]int

//go:noinline
func use(n int) { total[n]++ }

func Op() {
	var wg sync.WaitGroup
	next := 0
	for next < 3 {
		wg.Add(1)
		go func() {
			use(next)
			wg.Done()
		}()
		next++
	}
	wg.Wait()
}
