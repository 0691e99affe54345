package p

func work(n int) byte {
	var pArray [1 << 16 * 2]byte
	p := &pArray
	for i := range p {
		p[i] = byte(i)
	}
	return p[n]
}
