package p

import "encoding/json"

type user struct{ Name string }

func encoded() []byte {
	b, _ := json.Marshal(user{"Alice"})
	return b
}

func Op() { encoded() }
