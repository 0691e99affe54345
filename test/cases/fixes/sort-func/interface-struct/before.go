package p

import "sort"

type pair struct{ keys, values []int }

func (p pair) Len() int           { return len(p.keys) }
func (p pair) Less(i, j int) bool { return p.keys[i] < p.keys[j] }
func (p pair) Swap(i, j int) {
	p.keys[i], p.keys[j] = p.keys[j], p.keys[i]
	p.values[i], p.values[j] = p.values[j], p.values[i]
}

var keys, values = []int{3, 1, 2}, []int{30, 10, 20}

func Op() { sort.Sort(pair{keys, values}) }
