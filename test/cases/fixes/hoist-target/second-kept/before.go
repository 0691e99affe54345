package p

import "encoding/json"

type message struct{ ID int }

var lines = [][]byte{[]byte(`{"ID":1}`), []byte(`{"ID":20}`)}
var sink int
var kept []*int

func Op() {
	kept = kept[:0]
	for _, line := range lines {
		var (
			m message
			n int
		)
		if json.Unmarshal(line, &m) == nil {
			n = m.ID
			kept = append(kept, &n)
		}
		sink += n
	}
}
