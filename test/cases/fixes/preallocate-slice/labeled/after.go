package p

import "strings"

type field struct{ name, kind string }

type table struct {
	fields []field
	skip   string
}

// Names lists what is not skipped.
func (t *table) Names(prefix string) (int, []string) {
	var (
		n     int
		names = make([]string, 0, len(t.fields)) // in order
	)
next:
	for i := range t.fields {
		f := &t.fields[i]
		if f.kind == t.skip {
			continue next
		}
		names = append(
			names,
			prefix+strings.ToUpper(f.name),
		)
		n++
	}
	return n, names
}

var shared = table{
	fields: []field{{"a", "int"}, {"b", "x"}, {"c", "int"}, {"d", "int"}, {"e", "int"}, {"f", "int"}},
	skip:   "x",
}
var sink []string

func Op() { _, sink = shared.Names("A") }
