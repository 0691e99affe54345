package p

func collect(xs []string) map[string]int {
	m := make(map[string]int)
	add := func(x string) { m[x]++ }
	for _, x := range xs {
		add(x)
	}
	return m
}
