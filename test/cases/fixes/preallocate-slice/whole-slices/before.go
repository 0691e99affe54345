package p

func flat(rows [][]int) int {
	var out []int
	for _, row := range rows {
		out = append(out, row...)
	}
	return len(out)
}
