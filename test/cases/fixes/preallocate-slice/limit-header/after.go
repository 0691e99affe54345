package p

type queue struct{ items []int }

func (q *queue) even(n int) []int {
	batch := make([]int, 0, max(0, min(len(q.items), n)))
	for i := 0; i < len(q.items) && len(batch) < n; i++ {
		if q.items[i]%2 == 0 {
			batch = append(batch, q.items[i])
		}
	}
	return batch
}

var q = &queue{items: []int{1, 2, 4, 6, 8, 9, 10, 12, 14}}
var sink []int

func Op() {
	if len(q.even(-1)) != 0 {
		panic("more than none")
	}
	sink = q.even(5)
}
