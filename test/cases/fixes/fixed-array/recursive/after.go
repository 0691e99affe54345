package p

func work(n int) int {
	var bArray [70_000]byte
	b := bArray[:]
	for i := range b {
		b[i] = byte(n)
	}
	if n > 0 {
		n = work(n - 1)
	}
	return n + int(b[n])
}
