package p

var Sink []int

func Op() { Sink = both(make([]int, 40), make([]int, 50)) }

//go:noinline
func both(xs, ys []int) []int {
	out := make([]int, 0, 2*len(xs)+len(ys))
	for _, x := range xs {
		out = append(out, x, -x)
	}
	for _, y := range ys {
		out = append(out, y)
	}
	return out
}
