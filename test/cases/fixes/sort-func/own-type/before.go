package p

import "sort"

var names = []string{"b", "a"}

func Op() { sort.Sort(sort.StringSlice(names)) }
