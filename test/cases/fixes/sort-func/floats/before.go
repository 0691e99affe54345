package p

import "sort"

var s = []float64{3, 1, 2}

func Op() { sort.Slice(s, func(i, j int) bool { return s[i] < s[j] }) }
