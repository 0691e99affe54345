package p

import "errors"

var Sink error

func Op() { Sink = full() }

//go:noinline
func full() error { return errors.New("100% full") }
