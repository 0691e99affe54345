package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point {
	p := point{x: x}
	q := &p
	q.y = x
	return &p
}

var sink int

func Op() { sink = at(1).x }
