package p

import (
	"fmt"
	"io"
	"strings"
)

var sink string

func header(w io.Writer) { fmt.Fprint(w, "header") }

func Op() {
	sb := new(strings.Builder)
	header(sb)
	for i := 0; i < 60; i++ {
		sb.WriteByte('a')
	}
	sink = sb.String()
}
