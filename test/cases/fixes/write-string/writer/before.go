package p

import "io"

func write(w io.Writer, s string) (int, error) {
	return w.Write([]byte(s))
}
