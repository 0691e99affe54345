package p

func squares(n uint) []uint {
	s := make([]uint, 0, n)
	for i := range n {
		s = append(s, i*i)
	}
	return s
}
