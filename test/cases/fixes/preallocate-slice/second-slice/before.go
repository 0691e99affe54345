package p

func branches(xs []int) int {
	base := []int{}
	n := 0
	for _, x := range xs {
		base = append(base, x)
		other := append(base, 7)
		n += len(other)
	}
	return n
}
