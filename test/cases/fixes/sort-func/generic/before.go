package p

import "sort"

func sorted[T ~int | ~float64](s []T) {
	sort.Slice(s, func(i, j int) bool { return s[i] < s[j] })
}

func Op() { sorted([]int{2, 1}) }
