package p

import "encoding/json"

type message struct{ A [4]int }

func decode(d []byte) []int {
	var m message
	json.Unmarshal(d, &m)
	return m.A[:]
}
