package p

import "fmt"

type point struct{ x, y int }

var points = []point{{1, 2}, {3, 4}, {1000, 2000}, {1, 2}}
var sink int

// Op counts the points that differ.
func Op() {
	seen := make(map[string]bool)
	for _, p := range points {
		if seen[fmt.Sprintf("%d,%d", p.x, p.y)] {
			delete(seen, fmt.Sprintf("%d,%d", p.x, p.y))
			continue
		}
		seen[fmt.Sprintf("%d,%d", p.x, p.y)] = true
	}
	sink = len(seen)
}
