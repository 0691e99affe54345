package p

func append(s []int, x int) []int { return s }

func collect(xs []int) int {
	var out []int
	for _, x := range xs {
		out = append(out, x)
	}
	return len(out)
}
