package p

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = work() }

//go:noinline
func work() byte {
	// The buffer is large.
	var bArray [100_000]byte
	b := bArray[:]
	for i := range b {
		b[i] = byte(i)
	}
	return b[len(b)-1]
}
