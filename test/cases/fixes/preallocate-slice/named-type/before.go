package p

type names []string

var Sink names

var all = make([]string, 64)

func Op() { Sink = collect(all) }

//go:noinline
func collect(xs []string) names {
	found := names{}
	for _, x := range xs {
		found = append(found, x)
	}
	return found
}
