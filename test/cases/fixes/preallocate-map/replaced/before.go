package p

func collect(xs []int) map[int]int {
	m := make(map[int]int)
	for i, x := range xs {
		if x < 0 {
			m = map[int]int{0: x}
		}
		m[i] = x
	}
	return m
}
