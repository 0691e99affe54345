package p

type grid [64]int

var Sink []int

func Op() { Sink = cells(&grid{}) }

//go:noinline
func cells(g *grid) []int {
	out := []int{}
	for _, c := range g {
		out = append(out, c)
	}
	return out
}
