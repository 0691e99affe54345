package p

var N = 1000
var count int

func Op() {
	var value any
	for i := 0; i < 4; i++ {
		if value != nil {
			count++
		}
		n := N + i
		value = n
	}
	if value == nil {
		count = 0
	}
}
