package p

import (
	"cmp"
	"slices"
)

type person struct {
	name string
	age  int
}

type group struct{ members []person }

func (g *group) order() {
	slices.SortStableFunc(g.members, func(x, y person) int {
		if c := cmp.Compare(y.age, x.age); c != 0 {
			return c
		}
		return cmp.Compare(x.name, y.name)
	})
}

var shared = &group{members: []person{{"z", 3}, {"y", 3}, {"x", 9}}}

func Op() { shared.order() }
