package p

var sink int

//go:noinline
func size() int { return 100 }

//go:noinline
func width(b []byte) int { return len(b) }

func Op() {
	buf := make([]byte, 0, size())
	buf = append(buf, "text"...)
	sink = width(buf)
}
