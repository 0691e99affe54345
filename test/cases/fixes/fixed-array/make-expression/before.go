package p

func work(n int) byte {
	a := make([]byte, 100<<10)
	b := make([]byte, 64<<10+1)
	return a[n] + b[n]
}
