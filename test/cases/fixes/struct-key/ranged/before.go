package p

import "fmt"

var id = 1000
var sink string

func Op() {
	seen := make(map[string]bool)
	seen[fmt.Sprintf("%d,%d", id, id)] = true
	for key := range seen {
		sink = key
	}
}
