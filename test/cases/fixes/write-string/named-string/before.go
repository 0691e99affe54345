package p

import "io"

type text string

func write(w io.Writer, s text) { w.Write([]byte(s)) }
