package p

var n = 100

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = work(n) }

//go:noinline
func work(n int) byte {
	b := make([]byte, n) // scratch
	for i := range b {
		b[i] = byte(i)
	}
	return b[n-1]
}
