package p

import (
	"sort"
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
	sort.Slice(events, func(i, j int) bool {
		if strings.ToLower(events[i].name) != strings.ToLower(events[j].name) {
			return strings.ToLower(events[i].name) < strings.ToLower(events[j].name)
		}
		return events[i].at.Before(events[j].at)
	})
}
