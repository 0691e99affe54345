package p

func joined(xs, ys []int) []int {
	out := make([]int, 0, len(xs)+len(ys))
	for _, x := range xs {
		out = append(out, x)
	}
	for _, y := range ys {
		out = append(out, y)
	}
	return out
}
