package p

type block struct {
	id   int
	data [40]int
}

var blocks = make([]block, 2)
var jobs [2]func() int

//go:noinline
func fill() {
	for i, b := range blocks {
		jobs[i] = func() int {
			return b.id + 1
		}
	}
}

func Op() { fill() }
