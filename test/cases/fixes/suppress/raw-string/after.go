package p

var sink *string

func Op() {
	//escape:allow TODO: say why
	s := `a
b`
	sink = &s
}
