package p

import (
	"io"
)

func write(w io.Writer, name string) error {
	_, err := io.WriteString(w, name)
	return err
}
