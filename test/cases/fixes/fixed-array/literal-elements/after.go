package p

func work(n int) int {
	pArray := [10_000]int{9: 1}
	p := &pArray
	return p[n]
}
