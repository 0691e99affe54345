package p

type item struct{ a, b int }

var items = []item{{1, 2}, {3, 4}}
var out []*item

func Op() {
	out = out[:0]
	for _, v := range items {
		v.a++
		out = append(out, &v)
	}
}
