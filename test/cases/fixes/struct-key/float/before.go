package p

import "fmt"

var x, y = 1.5, 2.5
var sink int
var grid = map[string]int{}

func Op() { sink = grid[fmt.Sprintf("%v,%v", x, y)] }
