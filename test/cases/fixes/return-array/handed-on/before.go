package p

//go:noinline
func id() []byte {
	b := make([]byte, 16)
	b[0] = 7
	return b
}

func save(m map[int][]byte) { m[1] = id() }
