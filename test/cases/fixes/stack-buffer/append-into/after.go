package p

import "strconv"

var sink int
var name = "some name that is longer than 32 bytes"

//go:noinline
func width(b []byte) int { return len(b) }

func label(name string, n int) int {
	var bufBuffer [64]byte
	var buf []byte // room for the number
	if len(name)+20 <= len(bufBuffer) {
		buf = bufBuffer[: 0 : len(name)+20]
	} else {
		buf = make([]byte, 0, len(name)+20)
	}
	buf = append(buf, name...)
	buf = append(buf, '#')
	buf = strconv.AppendInt(buf, int64(n), 10)
	return width(buf)
}

func Op() { sink = label(name, 12345) }
