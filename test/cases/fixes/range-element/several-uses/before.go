package p

type item struct{ a, b int }

var items = []item{{1, 2}, {3, 4}, {5, 6}, {7, 8}}
var byKey = map[int]*item{1: nil, 3: nil, 5: nil, 7: nil}
var total int

func Op() {
	for n, v := range items {
		total += n
		if v.b > 0 {
			byKey[v.a] = &v
		}
	}
}
