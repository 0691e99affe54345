package p

type job struct {
	a int
	s string
}

var done = make(chan int)

func (j job) sum() int { return j.a + len(j.s) }

func work(j job) { done <- j.sum() }

func direct() {
	work(job{1, "y"})
}
