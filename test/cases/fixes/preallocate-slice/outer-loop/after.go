package p

func rows(table [][]int) int {
	n := 0
	for _, row := range table {
		out := make([]int, 0, len(row))
		for _, x := range row {
			out = append(out, x)
		}
		n += len(out)
	}
	return n
}
