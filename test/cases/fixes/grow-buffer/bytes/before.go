package p

import "strings"

var text = strings.Repeat("abc", 100)

var Sink int

func Op() { Sink = len(upper(text)) }

//go:noinline
func upper(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		b.WriteByte(s[i] &^ 0x20)
	}
	return b.String()
}
