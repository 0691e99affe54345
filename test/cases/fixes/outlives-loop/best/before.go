package p

type score struct{ a, b int }

var n = 1000

//go:noinline
func last(count int) int {
	var best *score
	for i := 0; i < count; i++ {
		s := score{i, n}
		if best == nil || s.a > best.a {
			best = &s
		}
	}
	return best.a
}

var sink int

func Op() { sink = last(4) }
