package p

var sink *int

func Op() {
	//escape:allow TODO: say why
	n := 1 // counted
	sink = &n
}
