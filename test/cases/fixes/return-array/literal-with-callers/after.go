package p

//go:noinline
func weights(n int) ([3]int, error) {
	if n > 3 {
		return [3]int{n, 1, 2}, nil
	}
	return [3]int{1, 2, 3}, nil
}

func total() int {
	all, err := weights(1)
	if err != nil {
		return len(all)
	}
	t := 0
	for i, w := range all[:] {
		all[i] = 0
		t += w
	}
	_, _ = weights(2)
	return t + all[0]
}
