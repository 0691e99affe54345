package p

import (
	"bytes"
	"fmt"
)

var n = 1000
var sink string

// Op formats.
func Op() {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%d", 7)
	buf.WriteByte('!')
	sink = buf.String()
}
