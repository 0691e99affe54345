package p

var get func() int
var add func(int) int

//go:noinline
func set(n int) {
	for range 2 {
		n++
		get = func() int { return n }
		add = func(m int) int { return n + m }
	}
}

func Op() { set(1) }
