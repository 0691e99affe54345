package p

func join(xs []string) string {
	s := ""
	for _, x := range xs {
		if s != "" {
			s += ", "
		}
		s += "<" + x + ">"
	}
	return s
}
