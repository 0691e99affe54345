package p

var xs = make([]int, 100)

// Sink keeps results alive.
var Sink int

// Op is what is measured.
func Op() { Sink = sum() }

//go:noinline
func sum() int {
	s := []int{}
	for i := 0; i < 100; i++ {
		s = append(s, i)
	}
	t := 0
	for _, v := range s {
		t += v
	}
	return t
}
