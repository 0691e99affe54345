package p

import "encoding/json"

type config struct{ A, B int }

var lines = [][]byte{[]byte(`{"A":1}`), []byte(`{"B":2}`), []byte(`{"A":3}`)}
var sink int

func Op() {
	for _, line := range lines {
		var c config
		if err := json.Unmarshal(line, &c); err != nil {
			return
		}
		sink += c.A + c.B
	}
}
