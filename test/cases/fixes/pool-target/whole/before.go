package p

import (
	"encoding/json"
	"io"
)

// message is what comes in.
type message struct {
	Name  string
	Parts []string
}

// decode reads one message.
func decode(r io.Reader) (message, error) {
	m := message{}
	if err := json.NewDecoder(r).Decode(&m); err != nil {
		return message{}, err
	}
	if m.Name == "" {
		m = message{Name: "none"}
	}
	return m, nil
}
