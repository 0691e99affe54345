package p

import "slices"

func addresses(m map[uint64]bool) []uint64 {
	list := keys(m)
	sorted := list[:len(list)]
	slices.Sort(sorted)
	return sorted
}

func keys(m map[uint64]bool) (all []uint64) {
	for k := range m {
		all = append(all, k)
	}
	return all
}
