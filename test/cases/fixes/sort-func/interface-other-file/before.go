package p

import "sort"

var values = []int{3, 1, 2}

func Op() { sort.Stable(ascending(values)) }
