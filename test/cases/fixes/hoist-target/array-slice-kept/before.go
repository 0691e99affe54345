package p

import "encoding/json"

var lines = [][]byte{[]byte(`[1,2]`), []byte(`[3,4]`)}
var all [][]int

func Op() {
	all = all[:0]
	for _, line := range lines {
		var pair [2]int
		_ = json.Unmarshal(line, &pair)
		all = append(all, pair[:])
	}
}
