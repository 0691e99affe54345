package p

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) int {
	n := 0

	if nf, ok := err.(*NotFound); err != nil && ok {
		n = nf.ID
	}
	return n
}
