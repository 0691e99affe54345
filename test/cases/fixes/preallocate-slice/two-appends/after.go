package p

func pairs(xs []int) []int {
	out := make([]int, 0, 2*len(xs)+1)
	for _, x := range xs {
		out = append(out, x)
		out = append(out, -x)
	}
	out = append(out, 0)
	return out
}
