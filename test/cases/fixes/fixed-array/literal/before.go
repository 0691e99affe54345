package p

func work(n int) int {
	p := &[10_000]int{}
	for i := range p {
		p[i] = i
	}
	return p[n]
}
