package p

import "strconv"

var byKey = map[string]int{"u:123:admin": 1}

var (
	id   uint64 = 123456
	role        = "admin"
)

var Sink int

func Op() { Sink = byKey["u:"+strconv.FormatUint(id, 10)+":"+role] }
