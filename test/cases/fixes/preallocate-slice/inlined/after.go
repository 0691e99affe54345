package p

var kept []int

func keep(xs []int) {
	kept = positive(xs)
}

func positive(xs []int) []int {
	out := make([]int, 0, len(xs))
	for _, x := range xs {
		if x > 0 {
			out = append(out, x)
		}
	}
	return out
}
