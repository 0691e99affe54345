package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point { return &point{x: x} }

var maker = at

func Op() { maker(1) }
