package p

func tables(rows [][]string) []string {
	var s string
	var out []string
	for _, row := range rows {
		for _, cell := range row {
			s += cell + "|"
		}
		out = append(out, s)
	}
	return out
}
