package p

type big struct{ data [100]int }

//go:noinline
func newBig(n int) *big {
	b := big{}
	b.data[0] = n
	return &b
}

var sink int

func Op() { sink = newBig(1).data[0] }
