package p

func work(n int) int {
	var pArray [10_000]int
	p := &pArray
	for i := range p {
		p[i] = i
	}
	return p[n]
}
