package p

func doubled(xs []int) (out []int) {
	out = make([]int, 0, len(xs))
	for _, x := range xs {
		out = append(out, 2*x)
	}
	return
}
