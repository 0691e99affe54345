package p

import "strconv"

var sink int
var name = "some name that is longer than 32 bytes"

//go:noinline
func width(b []byte) int { return len(b) }

func label(name string, n int) int {
	buf := make([]byte, 0, len(name)+20) // room for the number
	buf = append(buf, name...)
	buf = append(buf, '#')
	buf = strconv.AppendInt(buf, int64(n), 10)
	return width(buf)
}

func Op() { sink = label(name, 12345) }
