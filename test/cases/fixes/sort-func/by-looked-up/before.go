package p

import "sort"

func byCount(counts map[string]int) []string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool {
		if counts[names[i]] != counts[names[j]] {
			return counts[names[i]] > counts[names[j]]
		}
		return names[i] < names[j]
	})
	return names
}

var counts = map[string]int{"a": 1, "b": 3, "c": 2, "d": 3}
var sink []string

func Op() { sink = byCount(counts) }
