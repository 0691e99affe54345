package p

var n = 100

// Sink keeps results alive.
var Sink byte

// Op is what is measured.
func Op() { Sink = work(n) }

//go:noinline
func work(n int) byte {
	var bBuffer [256]byte
	var b []byte // scratch
	if n <= len(bBuffer) {
		b = bBuffer[:n:n]
	} else {
		b = make([]byte, n)
	}
	for i := range b {
		b[i] = byte(i)
	}
	return b[n-1]
}
