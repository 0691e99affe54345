package p

var numbers = make([]int, 100)

var Sink map[int]int

func Op() { Sink = byIndex(numbers) }

//go:noinline
func byIndex(xs []int) map[int]int {
	m := make(map[int]int)
	for i, x := range xs {
		m[i] = x
	}
	return m
}
