package p

func work(n int) byte {
	b := make([]byte, 20<<20)
	return b[n]
}
