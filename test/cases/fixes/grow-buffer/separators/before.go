package p

import "strings"

var Sink string

func Op() { Sink = line(make([]int, 200)) }

//go:noinline
func line(xs []int) string {
	var b strings.Builder
	b.WriteString("begin")
	for range xs {
		b.WriteString("-\u00e9")
	}
	b.WriteByte('\n')
	return b.String()
}
