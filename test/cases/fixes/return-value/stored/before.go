package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point { return &point{x: x} }

var points []*point

func Op() { points = append(points, at(1)) }
