package p

import (
	"encoding/json"
	"io"
)

type user struct {
	Name string
	Age  int
}

var u = user{"Alice", 1000}
var w io.Writer = io.Discard

func Op() {
	json.NewEncoder(w).Encode(&u)
}
