package p

//go:noinline
func use(s []int) int { return len(s) }

func numbers(n int) []int {
	s := make([]int, 0, max(0, n))
	for i := 0; i < n; i++ {
		s = append(s, i)
	}
	return s
}

func ten() int { return use(numbers(10)) }
