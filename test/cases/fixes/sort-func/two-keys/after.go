package p

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

type event struct {
	name string
	at   time.Time
}

func load() ([]event, error) { return []event{{name: "b"}, {name: "A"}, {name: "a"}}, nil }

func Op() {
	events, err := load()
	if err != nil {
		return
	}
	slices.SortFunc(events, func(a, b event) int {
		if c := cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name)); c != 0 {
			return c
		}
		return a.at.Compare(b.at)
	})
}
