package p

import "strconv"

var names = func() []string {
	var all []string
	for i := range 50 {
		all = append(all, strconv.Itoa(i))
	}
	return all
}()

var Sink map[string]bool

func Op() { Sink = set(names) }

//go:noinline
func set(names []string) map[string]bool {
	seen := map[string]bool{} // none yet
	for _, name := range names {
		seen[name] = true
	}
	return seen
}
