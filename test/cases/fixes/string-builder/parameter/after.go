package p

import (
	"errors"
	"os"
	"strings"
)

func extend(prefix string, xs []string) (string, error) {
	var sb strings.Builder
	sb.WriteString(prefix)
	for _, x := range xs {
		if x == "" {
			return "", errors.New("empty " + os.Args[0])
		}
		sb.WriteString("/")
		sb.WriteString(x)
	}
	prefix = sb.String()
	return prefix, nil
}
