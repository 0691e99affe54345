package p

func squares(n int) []int {
	s := make([]int, 0, max(0, n))
	for i := 0; i < n; i++ {
		s = append(s, i*i)
	}
	return s
}
