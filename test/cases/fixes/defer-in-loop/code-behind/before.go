package p

type flag struct{ hidden bool }

var flags = []*flag{{}, {}}
var sink int

//go:noinline
func visible() {
	for _, f := range flags {
		f.hidden = true
		defer func() { f.hidden = false }()
	}
	for _, f := range flags {
		if !f.hidden {
			sink++
		}
	}
}

func Op() { visible() }
