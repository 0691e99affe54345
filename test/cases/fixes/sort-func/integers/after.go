package p

import "slices"

var s = []int{3, 1, 2, 5, 4}

func Op() { slices.Sort(s) }
