package p

import (
	"encoding/json"
	"fmt"
)

type stats struct {
	Hits map[string]int `json:"hits"`
}

func (s *stats) hit(host string, code int) { s.Hits[fmt.Sprintf("%s %d", host, code)]++ }

func (s *stats) encoded() ([]byte, error) { return json.Marshal(s) }

var all = &stats{Hits: map[string]int{}}

func Op() { all.hit("a", 5000) }
