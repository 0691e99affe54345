package p

import (
	"cmp"
	"slices"
)

var s = []int{3, 1, 2}

type byLength []string

func (b byLength) sort() {
	slices.SortFunc(b, func(x, y string) int { return cmp.Compare(len(y), len(x)) })
}

func Op() { byLength{"a", "bb"}.sort() }
