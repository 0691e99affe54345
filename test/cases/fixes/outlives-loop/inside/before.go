package p

type pair struct{ x, y int }

var n = 1000
var sink bool

func Op() {
	var held any
	for i := 0; i < 10; i++ {
		s := pair{n + i, i}
		held = s
		sink = held != nil
	}
}
