package p

import "slices"

type list struct{ items []int }

func (l *list) positive(ns []int) {
	l.items = slices.Grow(l.items, len(ns))
	for _, n := range ns {
		if n > 0 {
			l.items = append(l.items, n)
		}
	}
}
