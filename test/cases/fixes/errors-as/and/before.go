package p

import (
	"errors"
	"io"
)

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func check(ok bool, err func() error) int {
	var target *NotFound // what is looked for
	if errors.As(err(), &target) && target.ID > 3 {
		return target.ID
	} else if errors.Is(err(), io.EOF) {
		return 1
	}
	return 0
}
