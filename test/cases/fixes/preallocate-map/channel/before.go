package p

func collect(c chan string) map[string]bool {
	m := make(map[string]bool)
	for s := range c {
		m[s] = true
	}
	return m
}
