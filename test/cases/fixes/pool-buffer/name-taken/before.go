package p

import (
	"bytes"
	"fmt"
)

var bufferPool = 1
var sink int

func Op() {
	buf := &bytes.Buffer{}
	fmt.Fprintf(buf, "%d", bufferPool)
	sink = buf.Len()
}
