package p

import (
	"cmp"
	"slices"
)

type file struct {
	name string
	size int64
}

type bySize []file

func (s bySize) Len() int           { return len(s) }
func (s bySize) Less(i, j int) bool { return s[i].size < s[j].size }
func (s bySize) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }

var files = []file{{"a", 3}, {"b", 2}, {"c", 77}}

func Op() {
	slices.SortFunc(files, func(b, a file) int { return cmp.Compare(a.size, b.size) })
	if files[0].size != 77 || files[2].size != 2 {
		panic("order")
	}
}
