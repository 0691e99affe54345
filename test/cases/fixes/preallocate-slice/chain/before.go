package p

var Sink []int

func Op() { Sink = both(make([]int, 40), make([]int, 50)) }

//go:noinline
func both(xs, ys []int) []int {
	out := []int{}
	for _, x := range xs {
		out = append(out, x, -x)
	}
	for _, y := range ys {
		out = append(out, y)
	}
	return out
}
