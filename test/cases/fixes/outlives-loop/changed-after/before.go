package p

type score struct{ a, b int }

//go:noinline
func last(count int) int {
	var best *score
	for i := 0; i < count; i++ {
		s := score{i, i}
		best = &s
		s.a++
	}
	return best.a
}

func Op() { last(4) }
