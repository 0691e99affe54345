package p

func join(xs []string) func() string {
	s := ""
	for _, x := range xs {
		s += x + ";"
	}
	return func() string { return s }
}
