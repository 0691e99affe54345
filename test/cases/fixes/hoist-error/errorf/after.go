package p

import "errors"

var err100IsTooMuch = errors.New("100% is too much")

func check(n int) error {
	if n > 0 {
		return err100IsTooMuch
	}
	return nil
}
