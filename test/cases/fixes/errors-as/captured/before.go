package p

import "errors"

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) func() int {
	var nf *NotFound
	if errors.As(err, &nf) {
		return func() int { return nf.ID }
	}
	return nil
}
