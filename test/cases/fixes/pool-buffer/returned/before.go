package p

import (
	"bytes"
	"io"
)

func reader() io.Reader {
	buf := &bytes.Buffer{}
	buf.WriteString("x")
	return buf
}

func Op() { reader() }
