package p

import "slices"

var names = []string{"b", "a"}

func Op() { slices.Sort(names) }
