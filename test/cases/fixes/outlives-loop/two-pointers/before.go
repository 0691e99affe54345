package p

type score struct{ a, b int }

//go:noinline
func last(count int) int {
	var best, before *score
	for i := 0; i < count; i++ {
		s := score{i, i}
		before = best
		best = &s
	}
	if before == nil {
		return 0
	}
	return best.a + before.a
}

func Op() { last(4) }
