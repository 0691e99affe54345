package p

import "errors"

var errEmpty = errors.New("empty")

var errEmpty2 = errors.New("empty")

func check(s string) error {
	if s == "" {
		return errEmpty2
	}
	return errEmpty
}
