package p

type grid [64]int

var Sink []int

func Op() { Sink = cells(&grid{}) }

//go:noinline
func cells(g *grid) []int {
	out := make([]int, 0, len(g))
	for _, c := range g {
		out = append(out, c)
	}
	return out
}
