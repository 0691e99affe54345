package p

import (
	"bytes"
	"fmt"
)

func format(n int) []byte {
	var buf bytes.Buffer
	fmt.Fprintf(&buf, "%d", n)
	return buf.Bytes()
}

func Op() { format(1) }
