package p

import (
	"fmt"
	"sort"
)

type user struct {
	name string
	age  int
}

type group struct{ users []*user }

var g = group{[]*user{{"a", 1}, {"b", 3}}}

func (g *group) sort() {
	// oldest first
	sort.SliceStable(g.users, func(i, j int) bool {
		return g.users[i].age > g.users[j].age
	})
}

func Op() { g.sort() }

func show() { fmt.Println(g) }
