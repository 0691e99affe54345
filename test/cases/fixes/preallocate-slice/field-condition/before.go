package p

type list struct{ items []int }

func (l *list) positive(ns []int) {
	for _, n := range ns {
		if n > 0 {
			l.items = append(l.items, n)
		}
	}
}
