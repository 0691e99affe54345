package p

//go:noinline
func use(s []int) int { return len(s) }

func numbers(n int) []int {
	s := []int{}
	for i := 0; i < n; i++ {
		s = append(s, i)
	}
	return s
}

func ten() int { return use(numbers(10)) }
