package p

var sink int

//go:noinline
func all() {
	for i := range 2 {
		defer func() { _ = recover(); sink += i }()
	}
}

func Op() { all() }
