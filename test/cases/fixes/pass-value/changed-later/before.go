package p

type job struct{ a int }

var done = make(chan int)
var N = 3

func work(j *job) { done <- j.a }

func Op() int {
	j := job{N}
	go work(&j)
	j.a = 5
	return <-done
}
