package p

import "sort"

var s = []int{3, 1, 2}

type byLength []string

func (b byLength) sort() {
	sort.Slice(b, func(i, j int) bool { return len(b[i]) > len(b[j]) })
}

func Op() { byLength{"a", "bb"}.sort() }
