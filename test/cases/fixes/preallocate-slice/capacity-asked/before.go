package p

func room(xs []int) int {
	var out []int
	for _, x := range xs {
		out = append(out, x)
	}
	return cap(out)
}
