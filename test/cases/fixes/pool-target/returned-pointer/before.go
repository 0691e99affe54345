package p

import "encoding/json"

type message struct{ A int }

func decode(d []byte) *message {
	var m message
	if json.Unmarshal(d, &m) != nil {
		return nil
	}
	return &m
}
