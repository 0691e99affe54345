package p

var sink *int

func Op() {
	n := 1 //escape:allow it is the sink
	sink = &n
}
