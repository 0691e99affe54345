package p

func work(n int) int {
	array := n
	return fill(make([]byte, 70_000), array)
}

func fill(b []byte, n int) int {
	clear(b)
	return int(b[n])
}
