package p

type job[T any] struct{ a T }

var done = make(chan int)
var N = 1

func work[T any](j *job[T]) { done <- 1; _ = j.a }

func Op() {
	j := job[int]{N}
	go work(&j)
	<-done
}
