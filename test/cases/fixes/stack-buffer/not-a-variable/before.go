package p

func work(n int) int {
	return fill(make([]byte, n))
}

//go:noinline
func fill(b []byte) int {
	return len(b)
}
