package p

import "slices"

type group struct{ members []int }

func fill(groups []group, n int) {
	for i := range groups {
		g := &groups[i]
		g.members = slices.Grow(g.members, max(0, n))
		for j := 0; j < n; j++ {
			g.members = append(g.members, j)
		}
	}
}
