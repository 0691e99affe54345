package p

func work(n int) byte {
	p := new([1 << 16 * 2]byte)
	for i := range p {
		p[i] = byte(i)
	}
	return p[n]
}
