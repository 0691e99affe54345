package p

import "errors"

type missing struct{ id int }

func (m *missing) Error() string { return "missing" }

var errs = []error{&missing{1}, errors.New("other"), &missing{2}}
var sink int

func Op() {
	var m *missing
outer:
	for _, err := range errs {
		m = nil
		if !errors.As(err, &m) {
			continue outer
		}
		sink += m.id
	}
}
