package p

func last(xs []int) []int {
	var out []int
	for _, x := range xs {
		if x == 0 {
			out = nil
		}
		out = append(out, x)
	}
	return out
}
