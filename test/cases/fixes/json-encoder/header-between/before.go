package p

import (
	"encoding/json"
	"io"
)

type user struct{ Name string }

var w io.Writer = io.Discard

func Op() {
	b, _ := json.Marshal(user{"Alice"})
	io.WriteString(w, "user: ")
	w.Write(b)
}
