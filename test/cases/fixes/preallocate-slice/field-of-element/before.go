package p

type group struct{ members []int }

func fill(groups []group, n int) {
	for i := range groups {
		g := &groups[i]
		for j := 0; j < n; j++ {
			g.members = append(g.members, j)
		}
	}
}
