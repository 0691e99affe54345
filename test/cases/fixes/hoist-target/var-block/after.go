package p

import (
	"encoding/json"
	"fmt"
)

type message struct {
	ID   int
	Tags []string
}

var lines = []string{`{"ID":1}`, `{"ID":2,"Tags":["a"]}`, `{"ID":3}`}
var sink int

func decode(lines []string) (sum int, err error) {
	var m message
	var ok bool
	for i, line := range lines {
		m = message{}
		ok = false
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			return 0, fmt.Errorf("line %d: %w", i, err)
		}
		if len(m.Tags) > 0 {
			ok = true
		}
		if !ok {
			sum += m.ID
		}
	}
	return sum, nil
}

func Op() { sink, _ = decode(lines) }
