package p

import "fmt"

// rights by user and role.
var rights = map[string]int{"u:123:admin": 1, "u:0:": 2}

var id uint64 = 123
var role = "admin"
var sink int

func Op() { sink = rights[fmt.Sprintf("u:%d:%s", id, role)] + len(rights) }

func allow() { rights[fmt.Sprintf("u:%d:%s", id, "guest")] = 3 }
