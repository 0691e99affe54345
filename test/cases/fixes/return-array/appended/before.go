package p

func id(n int) []byte {
	b := make([]byte, 16)
	b = append(b, 1)
	return b
}
