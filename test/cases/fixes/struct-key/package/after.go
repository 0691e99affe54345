package p

type rightsKey struct {
	id   uint64
	role string
}

// rights by user and role.
var rights = map[rightsKey]int{{123, "admin"}: 1, {0, ""}: 2}

var id uint64 = 123
var role = "admin"
var sink int

func Op() { sink = rights[rightsKey{id, role}] + len(rights) }

func allow() { rights[rightsKey{id, "guest"}] = 3 }
