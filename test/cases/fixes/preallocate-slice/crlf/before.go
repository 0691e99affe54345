package p

func copied(xs []int) int {
	s := []int{}
	words := xs[1:]
	if len(words) == 0 {
		return 0
	}
	for _, x := range words {
		s = append(s, x)
	}
	return len(s)
}
