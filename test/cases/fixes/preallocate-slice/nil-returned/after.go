package p

func collect(xs []string) []string {
	out := make([]string, 0, len(xs))
	for _, x := range xs {
		out = append(out, x+"!")
	}
	return out
}
