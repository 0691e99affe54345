package p

import "strings"

var words = strings.Split(strings.Repeat("word ", 40), " ")[:40]
var sink string

func join(words []string) string {
	b := &strings.Builder{} // what is returned
	for _, w := range words {
		b.WriteString("0123456789")
		b.WriteByte(w[0])
	}
	return b.String()
}

func Op() { sink = join(words) }
