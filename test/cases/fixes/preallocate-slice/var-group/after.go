package p

type names []string

func twice(xs []string) names {
	var (
		n   int
		out = make(names, 0, 2*len(xs))
	)
	for _, x := range xs {
		n += len(x)
		out = append(out, x, x)
	}
	return out[:min(n, len(out))]
}
