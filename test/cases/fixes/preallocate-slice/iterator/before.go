package p

func collect(seq func(yield func(int) bool)) int {
	var out []int
	for x := range seq {
		out = append(out, x)
	}
	return len(out)
}
