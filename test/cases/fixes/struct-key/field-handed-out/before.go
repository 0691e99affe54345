package p

import "fmt"

type counter struct{ counts map[string]int }

func (c *counter) hit(host string, code int) { c.counts[fmt.Sprintf("%s %d", host, code)]++ }

func (c *counter) all() map[string]int { return c.counts }

var hits = &counter{counts: map[string]int{}}

func Op() { hits.hit("a", 5000) }
