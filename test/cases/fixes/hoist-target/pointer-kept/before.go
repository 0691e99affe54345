package p

import "encoding/json"

type config struct{ A, B int }

var lines = [][]byte{[]byte(`{"A":1}`)}
var all []*config

func Op() {
	all = all[:0]
	for _, line := range lines {
		var c config
		_ = json.Unmarshal(line, &c)
		all = append(all, &c)
	}
}
