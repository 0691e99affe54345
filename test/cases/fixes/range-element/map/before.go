package p

type item struct{ a, b int }

var items = map[string]item{"a": {1, 2}}
var out []*item

func Op() {
	out = out[:0]
	for _, v := range items {
		out = append(out, &v)
	}
}
