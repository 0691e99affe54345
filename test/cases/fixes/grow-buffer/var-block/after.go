package p

import "strings"

var sink string

func letters(n int) string {
	var (
		first = byte('a')
		sb    strings.Builder
	)
	sb.Grow(3 * max(0, n))
	for i := 0; i < n; i++ {
		if i > 0 {
			sb.WriteString(", ")
		}
		sb.WriteByte(first + byte(i%26))
	}
	return sb.String()
}

func Op() { sink = letters(60) }
