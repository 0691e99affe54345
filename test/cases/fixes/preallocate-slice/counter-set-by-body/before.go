package p

func odd(n int) int {
	var out []int
	for i := 0; i < n; i++ {
		out = append(out, i)
		if i%3 == 0 {
			i--
		}
		n--
	}
	return len(out)
}
