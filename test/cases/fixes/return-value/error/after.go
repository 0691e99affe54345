package p

import "errors"

type header struct {
	version uint8
	length  uint16
}

var errShort = errors.New("short header")

//go:noinline
func parse(b []byte) (header, error) {
	if len(b) < 3 {
		return header{}, errShort
	}
	h := header{version: b[0]}
	h.length = uint16(b[1])<<8 | uint16(b[2])
	return h, nil
}

//go:noinline
func find(b []byte) (*header, bool) {
	h, err := parse(b)
	if err != nil {
		return nil, false
	}
	return &header{version: h.version + 1}, true
}

var packet = []byte{1, 0, 20}
var sink int

func Op() {
	h, err := parse(packet)
	if err != nil {
		return
	}
	sink = int(h.length)
}
