package p

func join(all [][]string) (string, int) {
	s := ""
	n := 0
outer:
	for n = range all {
		t := ""
		for _, x := range all[n] {
			if x == "" {
				continue outer
			}
			t += x + ";"
		}
		s = t
	}
	return s, n
}
