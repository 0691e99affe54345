package p

var s = "a string of more than thirty-two bytes, as one can count"

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = head(s) }

//go:noinline
func head(s string) byte {
	n := min(len(s), 64)
	b := make([]byte, n)
	copy(b, s)
	return b[n-1]
}
