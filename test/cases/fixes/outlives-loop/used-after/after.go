package p

type pair struct{ x, y int }

var n = 1000
var sink bool

func Op() {
	var held any
	var keptHeld pair
	var hasHeld bool
	for i := 0; i < 10; i++ {
		s := pair{n + i, i}
		keptHeld, hasHeld = s, true
	}
	if hasHeld {
		held = keptHeld
	}
	sink = held != nil
}
