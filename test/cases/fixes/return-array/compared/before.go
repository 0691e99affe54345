package p

//go:noinline
func id() []byte {
	b := make([]byte, 16)
	b[0] = 7
	return b
}

func has() bool {
	b := id()
	return b != nil
}
