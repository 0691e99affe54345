package p

type item struct{ a, b int }

var items = []item{{1, 2}, {3, 4}, {5, 6}, {7, 8}}
var out = make([]*item, 0, 4)

func Op() {
	out = out[:0]
	for i := range items {
		out = append(out, &items[i])
	}
}
