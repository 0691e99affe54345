package p

import (
	"cmp"
	"slices"
)

type person struct {
	name string
	age  int
}

var people = []person{{"z", 3}, {"y", 3}, {"x", 9}}

func Op() {
	slices.SortFunc(people, func(a, b person) int {
		return cmp.Compare(a.age, b.age)
	})
}
