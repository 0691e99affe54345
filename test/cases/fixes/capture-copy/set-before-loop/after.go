package p

import "sync"

var results [2]int

//go:noinline
func start(workers, factor int) {
	if factor == 0 {
		factor = 3
	}
	var wg sync.WaitGroup
	for i := range workers {
		wg.Add(1)
		factor := factor
		go func() {
			defer wg.Done()
			results[i] = i * factor
		}()
	}
	wg.Wait()
}

func Op() { start(2, 0) }
