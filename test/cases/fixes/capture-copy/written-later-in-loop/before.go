package p

var hooks [3]func() int

//go:noinline
func set() {
	last := 0
	for i := range hooks {
		hooks[i] = func() int { return last }
		last = i
	}
}

func Op() { set() }
