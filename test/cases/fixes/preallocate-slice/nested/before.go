package p

func product(xs, ys []int) []int {
	out := []int{}
	for _, x := range xs {
		for _, y := range ys {
			out = append(out, x*y)
		}
	}
	return out
}
