package p

type point struct{ x, y int }

//go:noinline
func at(x int) point { return point{x: x} }

var sink int

func Op() { sink = at(1).x }
