package p

type block struct {
	id, size int
	data     [40]int
}

var job func() int

//go:noinline
func plan(b block) {
	id := b.id
	size := b.size
	job = func() int { return id*id + size }
}

var one block

func Op() { plan(one) }
