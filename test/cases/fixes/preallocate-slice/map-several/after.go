package p

import "sort"

func keysAndValues(m map[string]string) int {
	all := make([]string, 0, 2*len(m))
	for k, v := range m {
		all = append(all, k, v)
	}
	sort.Strings(all)
	return len(all)
}
