package p

import "errors"

type header struct{ version uint8 }

//go:noinline
func parse(b []byte) (*header, error) {
	if len(b) == 0 {
		return nil, errors.ErrUnsupported
	}
	return &header{version: b[0]}, nil
}

var sink int

func Op() {
	h, _ := parse([]byte{1})
	if h != nil {
		sink = int(h.version)
	}
}
