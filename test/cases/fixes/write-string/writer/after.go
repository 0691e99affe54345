package p

import "io"

func write(w io.Writer, s string) (int, error) {
	return io.WriteString(w, s)
}
