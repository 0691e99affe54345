package p

var N = 1000
var count int

func Op() {
	var value any // the last one
	var keptValue int
	var hasValue bool
	for _, n := range []int{N, N + 1, N + 2} {
		keptValue, hasValue = n, true
		var value any = n
		if value != nil {
			count++
		}
	}
	if hasValue {
		value = keptValue
	}
	if value == nil {
		count = 0
	}
}
