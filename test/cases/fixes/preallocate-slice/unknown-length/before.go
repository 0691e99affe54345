package p

func digits(n int) int {
	var out []int
	for n > 0 {
		out = append(out, n%10)
		n /= 10
	}
	return len(out)
}
