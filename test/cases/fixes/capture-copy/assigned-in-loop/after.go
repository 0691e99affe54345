package p

var hooks [3]func() int

//go:noinline
func set() {
	last := 0
	for i := range hooks {
		last = i
		last := last
		hooks[i] = func() int { return last }
	}
}

func Op() { set() }
