package p

func join(a, b []string) int {
	var all []string
	all = append(all, a...)
	b = b[1:]
	all = append(all, b...)
	return len(all)
}
