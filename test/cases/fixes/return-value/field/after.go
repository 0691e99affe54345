package p

type user struct {
	id  int
	pad [16]int
}

var n = 1000

//go:noinline
func id() int {
	u := user{id: n}
	return u.id
}

var sink int

func Op() { sink = id() }
