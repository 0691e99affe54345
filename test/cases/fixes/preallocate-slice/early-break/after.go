package p

func until(xs []int) []int {
	out := make([]int, 0, len(xs))
	for _, x := range xs {
		if x == 0 {
			break
		}
		out = append(out, x)
	}
	return out
}
