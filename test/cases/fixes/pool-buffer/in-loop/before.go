package p

import (
	"bytes"
	"fmt"
)

var sink int

func Op() {
	for i := range 3 {
		var buf bytes.Buffer
		fmt.Fprintf(&buf, "%d", i)
		sink += buf.Len()
	}
}
