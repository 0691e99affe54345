package p

func table() map[int]int {
	m := make(map[int]int)
	for i := 0; i < 8; i++ {
		m[i] = i
	}
	return m
}
