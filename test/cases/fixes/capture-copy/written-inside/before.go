package p

//go:noinline
func counter() func() int {
	count := 0
	return func() int { count++; return count }
}

var sink int

func Op() { sink = counter()() }
