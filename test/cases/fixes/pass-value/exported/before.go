package p

type Job struct{ a int }

var done = make(chan int)
var N = 1

func Work(j *Job) { done <- j.a }

func Op() {
	j := Job{N}
	go Work(&j)
	<-done
}
