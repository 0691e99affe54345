package p

func rows(table [][]int) int {
	n := 0
	for _, row := range table {
		var out []int
		for _, x := range row {
			out = append(out, x)
		}
		n += len(out)
	}
	return n
}
