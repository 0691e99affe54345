package p

import (
	"encoding/json"
	"io"
	"strings"
)

type message struct{ ID int }

var sink int

func Op() {
	dec := json.NewDecoder(strings.NewReader(`{"ID":1} {} {"ID":3} {"ID":4}`))
	for {
		var m message
		if err := dec.Decode(&m); err == io.EOF {
			break
		} else if err != nil {
			return
		}
		sink += m.ID
	}
}
