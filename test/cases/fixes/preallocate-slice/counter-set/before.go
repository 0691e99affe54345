package p

func odd(n int) int {
	var out []int
	for i := 0; i < n; i++ {
		i += out0(out)
		out = append(out, i)
	}
	return len(out)
}

func out0(s []int) int { return len(s) % 2 }
