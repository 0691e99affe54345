package p

func work(s string) byte {
	b := make([]byte, len(s))
	copy(b, s)
	return b[0]
}
