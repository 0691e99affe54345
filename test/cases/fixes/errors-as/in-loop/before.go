package p

import "errors"

type NotFound struct{ ID int }

func (e NotFound) Error() string { return "not found" }

func count(errs []error) (n int) {
	for _, err := range errs {
		var nf NotFound
		if errors.As(err, &nf) {
			n += nf.ID
		}
	}
	return n
}
