package p

//go:noinline
func counter(n int) int {
	return 0
}

var sink int

func Op() { sink = counter(1) }
