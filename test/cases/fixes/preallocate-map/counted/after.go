package p

var Sink map[int]int

func Op() { Sink = squares(64) }

//go:noinline
func squares(n int) map[int]int {
	var m = make(map[int]int, n)
	for i := 0; i < n; i++ {
		m[i] = i * i
	}
	return m
}
