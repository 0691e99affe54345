package p

import (
	"io"
	"os"
)

func join(names []string, to io.Writer) error {
	var readers []io.Reader
	for _, name := range names {
		f, _ := os.Open(name)
		defer f.Close()
		readers = append(readers, f)
		println(name)
	}
	_, err := io.Copy(to, io.MultiReader(readers...))
	return err
}
