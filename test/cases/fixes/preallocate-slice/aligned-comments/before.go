package p

func doubled(xs []int) int {
	n := 0       // how many
	var s []int  // results
	limit := 100 // at most
	for _, x := range xs {
		s = append(s, x)
		n++
	}
	return n + len(s) + limit
}
