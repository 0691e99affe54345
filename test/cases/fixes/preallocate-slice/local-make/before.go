package p

func f(xs []int, make int) int {
	var out []int
	for _, x := range xs {
		out = append(out, x*make)
	}
	return len(out)
}
