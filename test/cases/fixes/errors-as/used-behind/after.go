package p

type NotFound struct{ ID int }

func (e *NotFound) Error() string { return "not found" }

func find(err error) int {
	nf, ok := err.(*NotFound)
	if !ok {
		return 0
	}
	return nf.ID
}
