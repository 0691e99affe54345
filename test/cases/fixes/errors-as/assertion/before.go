package p

import "errors"

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

var E error = &NotFound{1000}
var Sink int

func Op() {
	var nf *NotFound
	if errors.As(E, &nf) {
		Sink = nf.ID
	}
}
