package p

import "fmt"

var Sink error

func Op() { Sink = full() }

//go:noinline
func full() error { return fmt.Errorf("100%% full") }
