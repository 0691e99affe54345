package p

import "encoding/json"

type message struct{ ID int }

var lines = [][]byte{[]byte(`{"ID":1}`), []byte(`{"ID":20}`)}
var sink int

func Op() {
	for _, line := range lines {
		var (
			m message
			n int // how many
		)
		if json.Unmarshal(line, &m) == nil {
			n++
		}
		sink += n + m.ID
	}
}
