package p

func doubled(xs []int) (out []int) {
	for _, x := range xs {
		out = append(out, 2*x)
	}
	return
}
