package p

type header struct{ version uint8 }

//go:noinline
func parse(b []byte) (*header, error) {
	if len(b) == 0 {
		return nil, nil
	}
	return &header{version: b[0]}, nil
}

var sink int

func Op() {
	h, _ := parse([]byte{1})
	sink = int(h.version)
}
