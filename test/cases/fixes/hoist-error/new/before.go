package p

import "errors"

var Sink error

func Op() { Sink = find(1) }

// find looks for it.
//
//go:noinline
func find(n int) error {
	if n > 0 {
		return errors.New("find: record not found")
	}
	return nil
}
