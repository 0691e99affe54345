package p

import "fmt"

var id, other = 1000, 2000
var sink bool

func Op() {
	seen := make(map[string]bool)
	seen[fmt.Sprintf("a%d,%d", id, other)] = true
	sink = seen[fmt.Sprintf("b%d,%d", id, other)]
}
