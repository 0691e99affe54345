package p

import "sort"

var s = []int{2, 0, 1}

func Op() { sort.Slice(s, func(i, j int) bool { return s[i] <= s[j] }) }
