package p

func even(xs []int) []int {
	out := []int{}
	for _, x := range xs {
		if x%2 == 0 {
			out = append(out, x)
		}
	}
	return out
}
