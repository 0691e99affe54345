package p

func flat(rows [][]int) int {
	var out []int
	for _, row := range rows {
		for _, x := range row {
			out = append(out, x)
		}
	}
	return len(out)
}
