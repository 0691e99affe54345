package p

import "encoding/json"

type message struct{ id int }

var seen *message

func (m *message) UnmarshalJSON(text []byte) error {
	m.id = len(text)
	seen = m
	return nil
}

var lines = [][]byte{[]byte(`{"ID":1}`), []byte(`{"ID":20}`)}
var sink int

func Op() {
	var m message
	for _, line := range lines {
		m = message{}
		if json.Unmarshal(line, &m) == nil {
			sink += m.id
		}
	}
}
