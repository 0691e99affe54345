package p

func work(n int) int {
	array := n
	var array2 [70_000]byte
	return fill(array2[:], array)
}

func fill(b []byte, n int) int {
	clear(b)
	return int(b[n])
}
