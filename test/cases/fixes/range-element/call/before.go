package p

type item struct{ a, b int }

func load() []item { return []item{{1, 2}} }

var out []*item

func Op() {
	out = out[:0]
	for _, v := range load() {
		out = append(out, &v)
	}
}
