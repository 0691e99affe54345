package p

import "fmt"

var Sink error

func Op() { Sink = missing("name", "a file of that name") }

//go:noinline
func missing(name, file string) error {
	return fmt.Errorf("no %s in %s", name, file)
}
