package p

type point struct{ x, y int }

//go:noinline
func (p point) moved(x int) *point { return &point{x: p.x + x} }

var sink int

func Op() { sink = point{}.moved(1).x }
