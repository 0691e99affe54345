package p

var xs = make([]int, 100)

// Sink keeps results alive.
var Sink int

// Op is what is measured.
func Op() { Sink = collect(xs) }

//go:noinline
func collect(xs []int) int {
	out := make([]int, 0, len(xs)) // results
	for _, x := range xs {
		out = append(out, x*2)
	}
	return len(out) + out[0]
}
