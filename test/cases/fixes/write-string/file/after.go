package p

import (
	"bufio"
	"io"
)

var w = bufio.NewWriterSize(io.Discard, 1<<20)

var text = "a text that is longer than thirty-two bytes"

func Op() {
	w.WriteString(text)
	w.Reset(io.Discard)
}
