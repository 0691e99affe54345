package p

import "errors"

var failures int
var errFailed = errors.New("failed")

//go:noinline
func count(err *error) {
	if *err != nil {
		failures++
	}
}

//go:noinline
func do() (err error) {
	for i := 0; i < 2; i++ {
		defer count(&err)
	}
	return errFailed
}

func Op() { _ = do() }
