package p

type names []string

var Sink names

var all = make([]string, 64)

func Op() { Sink = collect(all) }

//go:noinline
func collect(xs []string) names {
	found := make(names, 0, len(xs))
	for _, x := range xs {
		found = append(found, x)
	}
	return found
}
