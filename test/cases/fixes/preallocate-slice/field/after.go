package p

type list struct{ items []string }

func (l *list) lengths() int {
	out := make([]int, 0, len(l.items))
	for i := range l.items {
		out = append(out, len(l.items[i]))
	}
	return len(out)
}
