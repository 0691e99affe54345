package p

func maybe(xs []int, all bool) int {
	out := []int{}
	if all {
		out = make([]int, 0, len(xs))
		for _, x := range xs {
			out = append(out, x)
		}
	}
	return len(out)
}
