package p

import "sort"

type person struct {
	name string
	age  int
}

type group struct{ members []person }

func (g *group) order() {
	sort.SliceStable(g.members, func(i, j int) bool {
		x, y := g.members[i], g.members[j]
		if x.age != y.age {
			return x.age > y.age
		}
		return x.name < y.name
	})
}

var shared = &group{members: []person{{"z", 3}, {"y", 3}, {"x", 9}}}

func Op() { shared.order() }
