package p

type file struct{ closed bool }

func (f *file) Close() { f.closed = true }

var files = []*file{{}, {}}

func open() (n int) {
	for _, f := range files {
		f.closed = false
		defer f.Close()
	}
	for _, f := range files {
		if !f.closed {
			n++
		}
	}
	return n
}

func Op() { open() }
