package p

type rows struct{ n int }

func (r *rows) next() bool { r.n--; return r.n >= 0 }

//go:noinline
func (r *rows) Scan(targets ...any) error {
	for _, target := range targets {
		switch to := target.(type) {
		case *int64:
			*to = int64(r.n)
		case *string:
			*to = "x"
		}
		last = target
	}
	return nil
}

var last any
var sink int

func Op() {
	r := &rows{10}
	for r.next() {
		var id int64
		var name string // the user's
		if err := r.Scan(&id, &name); err != nil {
			return
		}
		sink += int(id) + len(name)
	}
}
