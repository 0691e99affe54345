package p

import "sort"

type table struct{ swaps int }

type rows []int

var t table

func (r rows) Len() int           { return len(r) }
func (r rows) Less(i, j int) bool { return r[i] < r[j] }
func (r rows) Swap(i, j int) {
	t.swaps++
	r[i], r[j] = r[j], r[i]
}

var values = []int{3, 1, 2}

func Op() { sort.Sort(rows(values)) }
