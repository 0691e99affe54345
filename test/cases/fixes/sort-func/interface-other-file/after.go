package p

import "slices"

var values = []int{3, 1, 2}

func Op() { slices.Sort(values) }
