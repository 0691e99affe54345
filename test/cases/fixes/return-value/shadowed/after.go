package p

type point struct{ x, y int }

//go:noinline
func at(x int) point { return point{x: x} }

type wide struct{ x int }

var sink int

func Op() {
	sink = at(1).x
	at := func(x int) *wide { return &wide{x} }
	w := at(2)
	sink += w.x
}
