package p

import (
	"cmp"
	"slices"
)

var order = []int{2, 0, 1}
var keys = []int{30, 10, 20}

func Op() { slices.SortFunc(order, func(a, b int) int { return cmp.Compare(keys[a], keys[b]) }) }
