package p

import "errors"

var failures int
var errFailed = errors.New("failed")

//go:noinline
func do() (err error) {
	for i := 0; i < 2; i++ {
		defer func() {
			if err != nil {
				failures++
			}
		}()
	}
	return errFailed
}

func Op() { _ = do() }
