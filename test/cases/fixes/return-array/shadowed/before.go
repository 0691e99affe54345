package p

//go:noinline
func id() []byte {
	b := make([]byte, 16)
	b[0] = 7
	return b
}

func other() byte {
	id := func() []byte { return nil }
	return id()[0]
}

func kept() []byte { return id() }
