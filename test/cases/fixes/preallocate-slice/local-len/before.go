package p

func f(xs []int) int {
	len := func(x []int) int { return 1 }
	var out []int
	for _, x := range xs {
		out = append(out, x)
	}
	return len(out)
}
