package p

var hook func() int

//go:noinline
func bump(p *int) { *p++ }

//go:noinline
func set(n int) {
	limit := n
	limit++
	hook = func() int { return limit }
	bump(&limit)
}

func Op() { set(1) }
