package p

type job struct{ a int }

var done = make(chan int)
var N = 1

func work(j *job) {
	if j != nil {
		done <- j.a
	}
}

func Op() {
	j := job{N}
	go work(&j)
	<-done
}
