package p

func join(xs []string) (s string) {
	for _, x := range xs {
		if x == "" {
			return
		}
		s += x + ";"
	}
	return s
}
