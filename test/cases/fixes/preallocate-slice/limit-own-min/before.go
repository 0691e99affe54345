package p

type hit struct {
	id    int
	score float64
}

var hits = []hit{{1, 0.5}, {2, 0.9}, {3, 0.8}, {4, 0.1}, {5, 0.95}, {6, 0.7}, {7, 0.8}}
var sink int

func top(hits []hit, min float64, limit int) int {
	best := []hit{}
	for _, h := range hits {
		if h.score < min {
			continue
		}
		best = append(best, h)
		if len(best) == limit {
			break
		}
	}
	return use(best)
}

//go:noinline
func use(hits []hit) int { return len(hits) }

func Op() { sink = top(hits, 0.6, 4) }
