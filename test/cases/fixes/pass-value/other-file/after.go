package p

var N = 1

func Op() {
	j := job{N, "x"}
	go work(j)
	<-done
}
