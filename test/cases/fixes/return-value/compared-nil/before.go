package p

type point struct{ x, y int }

//go:noinline
func at(x int) *point { return &point{x: x} }

var sink int

func Op() {
	if p := at(3); p != nil {
		sink++
	}
}
