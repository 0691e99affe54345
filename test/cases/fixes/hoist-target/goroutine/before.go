package p

import "encoding/json"

var lines = [][]byte{[]byte(`{"ID":1}`), []byte(`{"ID":20}`)}

func Op() {
	for _, line := range lines {
		var m struct{ ID int }
		go json.Unmarshal(line, &m)
	}
}
