package p

import (
	"fmt"
	"io"
)

func write(w io.Writer, name string) error {
	_, err := fmt.Fprintf(w, "%s", name)
	return err
}
