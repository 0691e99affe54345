package p

func join(strings []string) string {
	s := ""
	for _, x := range strings {
		s += x + ";"
	}
	return s
}
