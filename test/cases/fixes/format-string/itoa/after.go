package p

import "strconv"

var number = 123456

var Sink string

func Op() { Sink = key(number) }

// key names a number.
func key(n int) string {
	return strconv.Itoa(n) // its digits
}
