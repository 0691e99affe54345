package p

type request struct {
	name string
	size int
}

var results = make(chan int, 8)
var N = 7

func handle(out chan<- int, r *request, factor int) {
	copied := *r
	out <- len(r.name) + copied.size*factor
}

func Op() {
	for i := 0; i < 3; i++ {
		r := request{name: "x", size: N + i}
		r.size++
		go handle(results, &r, 2)
	}
	for i := 0; i < 3; i++ {
		<-results
	}
}

func other(r *request) {
	handle(results, r, 1)
}
