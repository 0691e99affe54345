package p

type list struct{ items []string }

func (l *list) lengths() int {
	var out []int
	for i := range l.items {
		out = append(out, len(l.items[i]))
	}
	return len(out)
}
