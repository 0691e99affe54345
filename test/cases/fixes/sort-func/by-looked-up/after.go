package p

import (
	"cmp"
	"slices"
)

func byCount(counts map[string]int) []string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if c := cmp.Compare(counts[b], counts[a]); c != 0 {
			return c
		}
		return cmp.Compare(a, b)
	})
	return names
}

var counts = map[string]int{"a": 1, "b": 3, "c": 2, "d": 3}
var sink []string

func Op() { sink = byCount(counts) }
