package p

import "encoding/json"

type config struct{ A, B int }

var lines = [][]byte{[]byte(`{"A":1}`)}
var sink int

func Op() {
	c := 1
	for _, line := range lines {
		var c config
		_ = json.Unmarshal(line, &c)
		sink += c.B
	}
	sink += c
}
