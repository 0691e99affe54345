package p

type Job struct{ a, b int }

var N = 1000
var Sink int
var done = make(chan int)

// work reads the job only.
//
//go:noinline
func work(j Job) { done <- j.a }

func Op() {
	j := Job{N, N}
	go work(j) // in the background
	Sink = <-done
}
