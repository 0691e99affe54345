package p

import "fmt"

type writer struct{ seen map[string]bool }
type reader struct{ seen map[string]bool }

func (w writer) add(a, b int)               { w.seen[fmt.Sprintf("%d:%d", a, b)] = true }
func (r reader) has(key string) bool        { return r.seen[key] }
func (w writer) reader() (converted reader) { return reader(w) }

var w = writer{map[string]bool{}}
var sink bool

func Op() {
	w.add(1000, 2)
	sink = w.reader().has("1000:2")
}
