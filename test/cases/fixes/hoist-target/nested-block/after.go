package p

import "encoding/json"

type message struct{ ID int }

type envelope struct{ Kind string }

var lines = [][]byte{[]byte(`{"ID":1}`), []byte(`{"Kind":"x"}`), []byte(`{"ID":2}`), []byte(`{"ID":3}`)}
var sink int

func Op() {
	var m message
	for i, line := range lines {
		if i != 1 {
			m = message{}
			if json.Unmarshal(line, &m) != nil {
				continue
			}
			sink += m.ID
		} else {
			var m envelope
			_ = json.Unmarshal(line, &m)
			sink += len(m.Kind)
		}
	}
}
