package p

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

var E error = &NotFound{1000}
var Sink int

func Op() {
	if nf, ok := E.(*NotFound); ok {
		Sink = nf.ID
	}
}
