package p

import "encoding/json"

type message struct{ A int }

func decode(d []byte) func() int {
	var m message
	json.Unmarshal(d, &m)
	return func() int { return m.A }
}
