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
	b, err := json.Marshal(u)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func Op() { _ = send(user{"Alice", 1000}) }
