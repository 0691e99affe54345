package p

type block struct {
	id, size int
	data     [40]int
}

var job func() int

//go:noinline
func plan(b block) {
	job = func() int { return b.id*b.id + b.size }
}

var one block

func Op() { plan(one) }
