package p

func work(n int) byte {
	var aArray [100 << 10]byte
	a := aArray[:]
	b := make([]byte, 64<<10+1)
	return a[n] + b[n]
}
