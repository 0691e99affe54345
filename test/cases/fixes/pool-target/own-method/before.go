package p

import "encoding/json"

type message struct{ a int }

var last *message

func (m *message) UnmarshalJSON(d []byte) error {
	last = m
	return nil
}

func decode(d []byte) (int, error) {
	var m message
	err := json.Unmarshal(d, &m)
	return m.a, err
}
