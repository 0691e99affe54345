package p

func maybe(xs []int, all bool) int {
	out := []int{}
	if all {
		for _, x := range xs {
			out = append(out, x)
		}
	}
	return len(out)
}
