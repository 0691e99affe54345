package p

func prefixes(xs []int) int {
	all := [][]int{{1}}
	out := []int{}
	for _, x := range xs {
		out = append(out, x)
		all[0] = out
	}
	return len(all[0])
}
