package p

import (
	"fmt"
	"strings"
)

func join(xs []string) string {
	var b strings.Builder
	for i := range xs {
		b.WriteByte('-')
		fmt.Fprint(&b, i)
	}
	return b.String()
}
