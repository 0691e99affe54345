package p

import "strings"

//go:noinline
func line(fields []string, end string) string {
	var b strings.Builder
	size := len(end)
	for _, f := range fields {
		size += len(f) + 3
	}
	b.Grow(size)
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(`"` + f)
		b.WriteByte('"')
	}
	b.WriteString(end)
	return b.String()
}

var fields = []string{"2024-01-01", "some description of the item", "12.50", "EUR", "yes"}
var text string

func Op() { text = line(fields, "\n") }
