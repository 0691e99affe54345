package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point {
	p := &point{x: x}
	p.y = x + 1
	return p
}

var sink int

func Op() {
	p := at(1)
	sink = p.x + p.y
}
