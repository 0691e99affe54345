package p

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

var in = 9
var sink int

func Op() {
	n := in
	out := []int{}
	for i := 0; i < n; i++ {
		out = append(out, max(i, 3))
	}
	sink = len(out) + out[0]
}
