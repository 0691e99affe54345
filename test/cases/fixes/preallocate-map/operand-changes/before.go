package p

func collect(xs []string) map[string]int {
	m := make(map[string]int)
	xs = append(xs, "last")
	for i, x := range xs {
		m[x] = i
	}
	return m
}
