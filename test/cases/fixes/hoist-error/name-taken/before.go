package p

import "errors"

var errEmpty = errors.New("empty")

func check(s string) error {
	if s == "" {
		return errors.New("empty")
	}
	return errEmpty
}
