package p

import (
	"encoding/json"
	"io"
	"sync"
)

// message is what comes in.
type message struct {
	Name  string
	Parts []string
}

var messagePool = sync.Pool{New: func() any { return new(message) }}

// decode reads one message.
func decode(r io.Reader) (message, error) {
	m := messagePool.Get().(*message)
	*m = message{}
	defer messagePool.Put(m)
	if err := json.NewDecoder(r).Decode(m); err != nil {
		return message{}, err
	}
	if m.Name == "" {
		*m = message{Name: "none"}
	}
	return *m, nil
}
