package p

import "encoding/json"

type T struct{ A, B int }

var Data = []byte(`{"A":1000,"B":2000}`)
var Sink int

//go:noinline
func parse(d []byte) int {
	var t T
	json.Unmarshal(d, &t)
	return t.A
}

func Op() { Sink = parse(Data) }
