package p

func id() []byte {
	b := make([]byte, 4096)
	return b
}
