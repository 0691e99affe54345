package p

type block struct {
	id   int
	data [40]int
}

var job func() int

//go:noinline
func sum(b *block) int { return b.data[0] }

//go:noinline
func copied(b block) int { return sum(&b) }

//go:noinline
func plan(b block) {
	job = func() int { return copied(b) }
}

var one block

func Op() { plan(one) }
