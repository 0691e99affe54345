package p

import (
	"encoding/json"
	"io"
)

type user struct {
	Name string
	Age  int
}

var w io.Writer = io.Discard

//go:noinline
func send(u user) error {
	err := json.NewEncoder(w).Encode(u)
	if err != nil {
		return err
	}
	return err
}

func Op() { _ = send(user{"Alice", 1000}) }
