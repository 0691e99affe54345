package p

import (
	"fmt"
	"io"
)

var Sink string

func Op() { Sink = digest([]byte("abc")) }

//go:noinline
func digest(sum []byte) string { return fmt.Sprintf("%x", sum) }

var _ io.Writer
