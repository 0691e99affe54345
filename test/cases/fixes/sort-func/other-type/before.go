package p

import "sort"

func addresses(m map[uint64]bool) []uint64 {
	list := keys(m)
	sorted := list[:len(list)]
	sort.Slice(sorted, func(i, j int) bool { return sorted[i] < sorted[j] })
	return sorted
}

func keys(m map[uint64]bool) (all []uint64) {
	for k := range m {
		all = append(all, k)
	}
	return all
}
