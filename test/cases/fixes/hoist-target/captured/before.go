package p

import "encoding/json"

type config struct{ A, B int }

var lines = [][]byte{[]byte(`{"A":1}`)}
var later []func() int

func Op() {
	for _, line := range lines {
		var c config
		_ = json.Unmarshal(line, &c)
		later = append(later[:0], func() int { return c.A })
	}
}
