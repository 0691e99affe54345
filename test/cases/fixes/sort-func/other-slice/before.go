package p

import "sort"

var order = []int{2, 0, 1}
var keys = []int{30, 10, 20}

func Op() { sort.Slice(order, func(i, j int) bool { return keys[i] < keys[j] }) }
