package p

type point struct{ x, y int }

var done = make(chan int)
var N = 3

func Op() {
	p := point{N, N}
	go func(q *point, extra int) {
		done <- q.x + (*q).y + extra
	}(&p, 1)
	<-done
}
