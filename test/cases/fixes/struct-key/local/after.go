package p

type point struct{ x, y int }

var points = []point{{1, 2}, {3, 4}, {1000, 2000}, {1, 2}}
var sink int

type seenKey struct {
	x int
	y int
}

// Op counts the points that differ.
func Op() {
	seen := make(map[seenKey]bool)
	for _, p := range points {
		if seen[seenKey{p.x, p.y}] {
			delete(seen, seenKey{p.x, p.y})
			continue
		}
		seen[seenKey{p.x, p.y}] = true
	}
	sink = len(seen)
}
