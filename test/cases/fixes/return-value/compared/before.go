package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point { return &point{x: x} }

var sink int

func Op() {
	p, q := at(1), at(2)
	if p == q {
		sink++
	}
	r := at(3)
	if r != nil {
		sink++
	}
}
