package p

//go:noinline
func counter(n int) *int {
	return new(int)
}

var sink int

func Op() { sink = *counter(1) }
