package p

import "fmt"

type pair struct{ a, b int }

func duplicates(pairs []pair) (n int) {
	seen := make(map[string]bool)
	for _, p := range pairs {
		key := fmt.Sprintf("%d-%d", p.a, p.b) // unordered
		if seen[key] {
			n++
			continue
		}
		seen[key] = true
	}
	return n
}

var pairs = []pair{{1000, 2000}, {3000, 2000}, {1000, 2000}, {5000, 6000}}
var sink int

func Op() { sink = duplicates(pairs) }
