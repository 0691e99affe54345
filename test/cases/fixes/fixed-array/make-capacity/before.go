package p

const size = 64<<10 + 1

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = work() }

//go:noinline
func work() byte {
	b := make([]byte, 0, size)
	b = append(b, 1, 2)
	return b[len(b)-1]
}
