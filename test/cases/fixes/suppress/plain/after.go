package p

var sink *int

func Op() {
	n := 1 //escape:allow TODO: say why
	other := 2
	sink = &n

	_ = other // kept
}
