package p

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) int {
	if nf, ok := err.(*NotFound); err != nil && ok {
		return nf.ID
	}
	return 0
}
