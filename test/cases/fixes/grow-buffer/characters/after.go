package p

import "strings"

func letters(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, c := range s {
		if c > ' ' {
			b.WriteRune(c)
		} else {
			b.WriteByte('_')
		}
	}
	return b.String()
}
