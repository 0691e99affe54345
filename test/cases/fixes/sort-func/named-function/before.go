package p

import "sort"

var s = []int{2, 0, 1}

func less(i, j int) bool { return s[i] < s[j] }

func Op() { sort.Slice(s, less) }
