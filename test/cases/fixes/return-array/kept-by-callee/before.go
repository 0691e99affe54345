package p

var kept []byte

//go:noinline
func id() []byte {
	b := make([]byte, 16)
	b[0] = 7
	return b
}

func keep(b []byte) { kept = b }

func first() byte {
	b := id()
	keep(b)
	return b[0]
}
