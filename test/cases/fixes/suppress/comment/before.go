package p

var sink *int

func Op() {
	n := 1 // counted
	sink = &n
}
