package p

import (
	"cmp"
	"fmt"
	"slices"
)

type user struct {
	name string
	age  int
}

type group struct{ users []*user }

var g = group{[]*user{{"a", 1}, {"b", 3}}}

func (g *group) sort() {
	// oldest first
	slices.SortStableFunc(g.users, func(a, b *user) int {
		return cmp.Compare(b.age, a.age)
	})
}

func Op() { g.sort() }

func show() { fmt.Println(g) }
