package p

import (
	"encoding/json"
	"sync"
)

type message struct{ a int }

var last *message

func (m *message) UnmarshalJSON(d []byte) error {
	last = m
	return nil
}

var messagePool = sync.Pool{New: func() any { return new(message) }}

func decode(d []byte) (int, error) {
	m := messagePool.Get().(*message)
	*m = message{}
	defer messagePool.Put(m)
	err := json.Unmarshal(d, m)
	return m.a, err
}
