package p

func work(n int) int {
	b := make([]byte, 70_000)
	for i := range b {
		b[i] = byte(n)
	}
	if n > 0 {
		n = work(n - 1)
	}
	return n + int(b[n])
}
