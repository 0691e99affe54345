package p

var hook func() int

//go:noinline
func set(n int) {
	limit := n
	hook = func() int { return limit }
	limit++
}

func Op() { set(1) }
