package p

import "encoding/json"

type config struct{ A, B int }

var lines = [][]byte{[]byte(`{"A":1}`)}
var sink int

func Op() {
	for _, line := range lines {
		c := config{B: 7}
		_ = json.Unmarshal(line, &c)
		sink += c.B
	}
}
