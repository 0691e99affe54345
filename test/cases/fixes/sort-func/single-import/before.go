package p

import "sort"

type user struct {
	name string
	age  int
}

func byAge(users []user) {
	sort.Slice(users, func(i, j int) bool { return users[i].age < users[j].age })
}

func Op() { byAge([]user{{"a", 2}, {"b", 1}}) }
