package p

import (
	"encoding/json"
	"io"
)

type user struct{ Name string }

var w io.Writer = io.Discard
var writeErr error

func Op() {
	b, err := json.Marshal(user{"Alice"})
	if err != nil {
		return
	}
	_, writeErr = w.Write(b)
}
