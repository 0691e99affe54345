package p

import "sort"

func keysAndValues(m map[string]string) int {
	var all []string
	for k, v := range m {
		all = append(all, k, v)
	}
	sort.Strings(all)
	return len(all)
}
