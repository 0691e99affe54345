package p

func collect(xs []int) int {
	var out []int
	add := func(x int) { out = append(out, x) }
	for _, x := range xs {
		out = append(out, x)
		add(x)
	}
	return len(out)
}
