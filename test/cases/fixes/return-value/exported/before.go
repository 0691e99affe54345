package p

type User struct{ ID, Age int }

//go:noinline
func NewUser(id int) *User { return &User{ID: id} }

var sink int

func Op() { sink = NewUser(1).ID }
