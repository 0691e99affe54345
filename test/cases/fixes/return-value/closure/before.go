package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point {
	p := point{x: x}
	move := func() { p.x++ }
	move()
	return &p
}

var sink int

func Op() { sink = at(1).x }
