// Package worker does what nobody waits for.
package worker

import (
	"io"
	"os"
	"sync"

	"example.com/orders/internal/order"
)

// Job is an order on its way, with the number of attempts so far.
type Job struct {
	Order   *order.Order
	Attempt int
}

// Run hands every order to one of n goroutines and returns how many were handled without error.
func Run(n int, orders []*order.Order, handle func(*Job) error) int {
	jobs := make(chan *Job)
	var mu sync.Mutex
	var wg sync.WaitGroup
	handled := 0
	for i := 0; i < n; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for job := range jobs {
				if handle(job) == nil {
					mu.Lock()
					handled++
					mu.Unlock()
				}
			}
		}()
	}
	for _, o := range orders {
		jobs <- &Job{Order: o}
	}
	close(jobs)
	wg.Wait()
	return handled
}

// Concatenate writes the contents of files behind one another.
func Concatenate(w io.Writer, files []string) error {
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return err
		}
		defer file.Close()
		if _, err := io.Copy(w, file); err != nil {
			return err
		}
	}
	return nil
}
