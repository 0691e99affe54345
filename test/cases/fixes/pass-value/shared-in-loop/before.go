package p

type job struct{ a int }

var done = make(chan int)

func work(j *job) { done <- j.a }

func Op() {
	var j job
	for i := 0; i < 3; i++ {
		j.a = i
		go work(&j)
	}
	<-done
	<-done
	<-done
}
