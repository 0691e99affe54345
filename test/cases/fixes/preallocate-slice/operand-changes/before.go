package p

func walk(xs []int) int {
	var out []int
	for i := 0; i < len(xs); i++ {
		if xs[i] > 0 {
			xs = append(xs, -xs[i])
		}
		out = append(out, xs[i])
	}
	return len(out)
}
