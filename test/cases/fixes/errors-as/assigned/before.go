package p

import "errors"

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) int {
	var nf *NotFound
	if errors.As(err, &nf) {
		nf = nil
	}
	return 0
}
