package p

func squares() []int {
	var s []int
	for i := 1; i <= 10; i += 3 {
		s = append(s, i*i)
	}
	return s
}
