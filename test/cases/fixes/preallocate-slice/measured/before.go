package p

type page struct{ items []int }

//go:noinline
func flatten(pages []page) []int {
	var all []int
	for _, p := range pages {
		all = append(all, p.items...)
	}
	return all
}

var pages = []page{{[]int{1, 2, 3}}, {[]int{4, 5}}, {[]int{6, 7, 8, 9}}, {[]int{10}}}
var all []int

func Op() { all = flatten(pages) }
