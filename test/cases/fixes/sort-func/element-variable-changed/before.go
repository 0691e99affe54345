package p

import "sort"

type person struct {
	name string
	age  int
}

var people = []person{{"z", 3}, {"y", 3}, {"x", 9}}

func Op() {
	sort.Slice(people, func(i, j int) bool {
		a, b := people[i], people[j]
		a.age %= 2
		return a.age < b.age
	})
}
