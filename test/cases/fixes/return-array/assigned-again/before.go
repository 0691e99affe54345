package p

//go:noinline
func id() []byte {
	b := make([]byte, 16)
	b[0] = 7
	return b
}

func last(n int) byte {
	var b []byte
	for range n {
		b = id()
	}
	return b[0]
}
