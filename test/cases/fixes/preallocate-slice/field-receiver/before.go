package p

type list struct {
	items []string
	total int
}

var words = []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}

//go:noinline
func (l *list) addAll(names []string) {
	l.total += len(names)
	// All of them.
	for _, name := range names {
		l.items = append(l.items, name) // grows
	}
}

func Op() {
	var l list
	l.addAll(words)
}
