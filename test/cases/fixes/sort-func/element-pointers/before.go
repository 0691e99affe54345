package p

import "sort"

type person struct {
	name string
	age  int
}

var people = []person{{"z", 3}, {"y", 3}, {"x", 9}}

func Op() {
	sort.Slice(people, func(i, j int) bool {
		b := &people[j]
		a := &people[i]
		return a.age < b.age
	})
}
