package p

import "sort"

var s = []int{2, 0, 1}

func Op() {
	slices := 2
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
	s[0] = slices
}
