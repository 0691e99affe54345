package p

type user struct {
	id, age int
	name    string
}

//go:noinline
func newUser(id int) *user {
	u := user{id: id, name: "Alice"}
	u.age = 3
	return &u
}

var sink int

func Op() { sink = newUser(1).id }
