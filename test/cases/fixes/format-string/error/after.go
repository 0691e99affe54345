package p

import "errors"

var Sink error

func Op() { Sink = missing("name", "a file of that name") }

//go:noinline
func missing(name, file string) error {
	return errors.New("no " + name + " in " + file)
}
