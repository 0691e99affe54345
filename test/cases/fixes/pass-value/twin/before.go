package p

type job struct{ a int }

var done = make(chan int)
var N = 1

func work(j *job) { done <- j.a }

func Op() {
	j := job{N}
	go work(&j)
	<-done
}
