package p

type rows interface {
	Next() bool
	Scan(dest ...any) error
}

type numbers struct{ i int }

func (r *numbers) Next() bool { r.i++; return r.i <= 3 }

func (r *numbers) Scan(dest ...any) error {
	*dest[0].(*int) = r.i
	return nil
}

//go:noinline
func sum(r rows) (n int, err error) {
	var id int
	for r.Next() {
		id = 0
		if err := r.Scan(&id); err != nil {
			return 0, err
		}
		n += id
	}
	return n, nil
}

var own = &numbers{}
var total int

func Op() {
	own.i = 0
	total, _ = sum(own)
}
