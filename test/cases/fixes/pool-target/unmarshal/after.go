package p

import (
	"encoding/json"
	"sync"
)

type T struct{ A, B int }

var Data = []byte(`{"A":1000,"B":2000}`)
var Sink int

var tPool = sync.Pool{New: func() any { return new(T) }}

//go:noinline
func parse(d []byte) int {
	t := tPool.Get().(*T)
	*t = T{}
	defer tPool.Put(t)
	json.Unmarshal(d, t)
	return t.A
}

func Op() { Sink = parse(Data) }
