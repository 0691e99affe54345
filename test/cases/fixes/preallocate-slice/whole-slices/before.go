package p

func flat(rows [][]int) int {
	var out []int
	for _, row := range rows {
		row = row[:len(row)/2]
		out = append(out, row...)
	}
	return len(out)
}
