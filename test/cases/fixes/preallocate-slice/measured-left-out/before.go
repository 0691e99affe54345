package p

type page struct{ items []int }

func flatten(pages []*page) []int {
	var all []int
	for _, p := range pages {
		if p == nil {
			continue
		}
		all = append(all, p.items...)
	}
	return all
}
