package p

import "sort"

type user struct {
	name string
	age  int
}

type byAge []user

func (u byAge) Len() int           { return len(u) }
func (u byAge) Less(i, j int) bool { return u[i].age < u[j].age }
func (u byAge) Swap(i, j int)      { u[i], u[j] = u[j], u[i] }

var users = []user{{"c", 3}, {"a", 1}, {"b", 2}}
var sorted = make([]user, 3)

func Op() {
	copy(sorted, users)
	sort.Sort(byAge(sorted))
}
