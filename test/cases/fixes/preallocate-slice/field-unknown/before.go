package p

type list struct{ items []int }

func (l *list) drain(ch chan int) {
	for n := range ch {
		l.items = append(l.items, n)
	}
}
