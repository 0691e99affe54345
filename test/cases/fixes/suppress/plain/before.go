package p

var sink *int

func Op() {
	n := 1
	other := 2
	sink = &n

	_ = other // kept
}
