package p

import (
	"cmp"
	"slices"
)

type user struct {
	name string
	age  int
}

func byAge(users []user) {
	slices.SortFunc(users, func(a, b user) int { return cmp.Compare(a.age, b.age) })
}

func Op() { byAge([]user{{"a", 2}, {"b", 1}}) }
