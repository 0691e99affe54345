package p

import "strings"

func join(xs []string) string {
	var b strings.Builder
	for _, x := range xs {
		x = strings.TrimSpace(x)
		b.WriteString(x)
	}
	return b.String()
}
