package p

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

var in = []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
var sink int

func Op() {
	var out []int
	for _, n := range in {
		out = append(out, max(n, 3))
	}
	sink = len(out) + out[0]
}
