package p

func signs(xs []int) []int {
	out := []int{}
	for _, x := range xs {
		if x < 0 {
			out = append(out, -1)
		} else {
			out = append(out, 1)
		}
	}
	return out
}
