package p

import "sort"

var s = []int{3, 1, 2, 5, 4}

func Op() { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) }
