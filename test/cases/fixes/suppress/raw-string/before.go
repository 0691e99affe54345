package p

var sink *string

func Op() {
	s := `a
b`
	sink = &s
}
