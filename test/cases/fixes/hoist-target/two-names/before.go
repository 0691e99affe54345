package p

import "fmt"

var lines = []string{"1 2", "3 4", "5"}
var sink int

func Op() {
	for _, line := range lines {
		var x, y int
		if _, err := fmt.Sscanf(line, "%d %d", &x, &y); err != nil {
			continue
		}
		sink += x * y
	}
}
