package p

//go:noinline
func size() int { return 100 }

func work() byte {
	b := make([]byte, size())
	return b[0]
}
