package p

import (
	"errors"
	"os"
)

func extend(prefix string, xs []string) (string, error) {
	for _, x := range xs {
		if x == "" {
			return "", errors.New("empty " + os.Args[0])
		}
		prefix = prefix + "/" + x
	}
	return prefix, nil
}
