package p

func pairs(xs []int) []int {
	out := []int{}
	for _, x := range xs {
		out = append(out, x)
		out = append(out, -x)
	}
	out = append(out, 0)
	return out
}
