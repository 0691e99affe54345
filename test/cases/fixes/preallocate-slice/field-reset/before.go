package p

type list struct{ items []int }

func (l *list) batch(ns []int, flush func([]int)) {
	for _, n := range ns {
		l.items = append(l.items, n)
		if len(l.items) == 10 {
			flush(l.items)
			l.items = nil
		}
	}
}
