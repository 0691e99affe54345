package p

func product(xs, ys []int) []int {
	out := make([]int, 0, len(xs)*len(ys))
	for _, x := range xs {
		for _, y := range ys {
			out = append(out, x*y)
		}
	}
	return out
}
