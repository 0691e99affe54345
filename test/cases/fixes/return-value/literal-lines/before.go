package p

type user struct {
	id   int
	name string
}

// newUser makes a user.
//
//go:noinline
func newUser(name string, known bool) (*user, error) {
	if known {
		return &user{
			id:   1, // the first
			name: name,
		}, nil
	}
	return &user{name: name}, nil
}

var sink int

//go:noinline
func show(u *user) { sink += u.id }

func Op() {
	u, err := newUser("Alice", true)
	if err != nil {
		return
	}
	u.id++
	show(u)
	copied := *u
	sink += len(copied.name)
}
