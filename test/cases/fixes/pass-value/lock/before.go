package p

import "sync"

type job struct {
	mu sync.Mutex
	a  int
}

var done = make(chan int)

func work(j *job) { done <- j.a }

func Op() {
	var j job
	go work(&j)
	<-done
}
