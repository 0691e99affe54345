package p

import "strings"

func dashes(xs []int) string {
	var b strings.Builder
	b.Grow(len(xs))
	for range xs {
		b.WriteByte('-')
	}
	return b.String()
}
