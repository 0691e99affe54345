package p

import (
	"fmt"
	"os"
)

var (
	id   uint64 = 123456
	role        = "administrator"
)

var Sink string

func Op() { Sink = key(id, role) }

//go:noinline
func key(id uint64, role string) string {
	if role == "" {
		fmt.Fprintln(os.Stderr, "no role")
	}
	return fmt.Sprintf("user:%d:%s", id, role)
}
