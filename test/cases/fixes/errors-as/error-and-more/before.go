package p

import "errors"

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) int {
	n := 0

	var nf *NotFound

	if err != nil && errors.As(err, &nf) {
		n = nf.ID
	}
	return n
}
