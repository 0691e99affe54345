package p

var N = 1000
var count int

func Op() {
	var value any // the last one
	for _, n := range []int{N, N + 1, N + 2} {
		value = n
		if value != nil {
			count++
		}
	}
	if value == nil {
		count = 0
	}
}
