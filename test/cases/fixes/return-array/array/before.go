package p

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = id()[0] }

//go:noinline
func id() []byte {
	var buf [16]byte
	buf[0] = 7
	return buf[:]
}
