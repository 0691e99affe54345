package p

type score struct{ a, b int }

//go:noinline
func last(count int) int {
	var best *score
	total := 0
	for i := 0; i < count; i++ {
		s := score{i, i}
		best = &s
		best.a++
		total += s.a
	}
	return best.a + total
}

func Op() { last(4) }
