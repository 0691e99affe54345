package p

import "encoding/json"

type config struct{ A, B int }

var line = []byte(`{"A":1}`)

func Op() {
	var c config
	_ = json.Unmarshal(line, &c)
}
