package p

import (
	"fmt"
	"os"
	"strconv"
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
	return "user:" + strconv.FormatUint(id, 10) + ":" + role
}
