package p

func squares(n uint) []uint {
	s := []uint{}
	for i := range n {
		s = append(s, i*i)
	}
	return s
}
