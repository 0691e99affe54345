package p

type NotFound struct{ ID int }

func (e NotFound) Error() string { return "not found" }

func count(errs []error) (n int) {
	for _, err := range errs {
		if nf, ok := err.(NotFound); ok {
			n += nf.ID
		}
	}
	return n
}
