//go:build !plan9

package p

//go:noinline
func at(x int) *point { return &point{x: x} }

var sink int

func Op() { sink = other() }
