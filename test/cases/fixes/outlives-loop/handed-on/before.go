package p

type score struct{ a, b int }

var kept []score

//go:noinline
func keep(s *score) { kept = append(kept[:0], *s) }

//go:noinline
func last(count int) int {
	var best *score
	for i := 0; i < count; i++ {
		s := score{i, i}
		if best == nil || s.a > best.a {
			best = &s
		}
	}
	keep(best)
	return best.a
}

func Op() { last(4) }
