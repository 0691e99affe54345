package p

func work(n int) int {
	p := &[10_000]int{9: 1}
	return p[n]
}
