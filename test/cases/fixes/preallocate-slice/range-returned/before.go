package p

var xs = make([]int, 100)

// Sink keeps results alive.
var Sink int

// Op is what is measured.
func Op() { Sink = len(collect(xs)) }

//go:noinline
func collect(xs []int) []int {
	out := []int{}
	for i := range xs {
		out = append(out, i)
	}
	return out
}
