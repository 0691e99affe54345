package p

import "fmt"

var lines = []string{"1 2", "3 4", "5"}
var sink int

func Op() {
	var x, y int
	for _, line := range lines {
		x, y = 0, 0
		if _, err := fmt.Sscanf(line, "%d %d", &x, &y); err != nil {
			continue
		}
		sink += x * y
	}
}
