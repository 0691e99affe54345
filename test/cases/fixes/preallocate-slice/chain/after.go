package p

func join(a, b []string, last string) int {
	all := make([]string, 0, len(a)+len(b)+1)
	all = append(all, a...)
	all = append(all, b...)
	all = append(all, last)
	n := 0
	for _, s := range all {
		n += len(s)
	}
	return n
}

func Op() { join([]string{"a", "b", "c"}, []string{"d", "e", "f", "g"}, "h") }
