package p

import "fmt"

var byKey = map[string]int{"u:123:admin": 1}

var (
	id   uint64 = 123456
	role        = "admin"
)

var Sink int

func Op() { Sink = byKey[fmt.Sprintf("u:%d:%s", id, role)] }
