package p

func collect(xs []string) []string {
	var out []string
	for _, x := range xs {
		out = append(out, x+"!")
	}
	return out
}
