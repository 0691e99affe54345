package p

func squares() []int {
	s := make([]int, 0, 4)
	for i := 1; i <= 10; i += 3 {
		s = append(s, i*i)
	}
	return s
}
