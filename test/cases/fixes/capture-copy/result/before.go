package p

import "errors"

var failures int

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

var errFailed = errors.New("failed")

func Op() { _ = do() }
