package p

import "sort"

var weights = map[string]float64{"a": 1, "b": 3}
var names = []string{"b", "a"}

func Op() {
	sort.Slice(names, func(i, j int) bool { return weights[names[i]] < weights[names[j]] })
}
