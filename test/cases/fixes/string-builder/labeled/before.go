package p

func until(prefix string, rows [][]string) string {
rows:
	for _, row := range rows {
		for _, cell := range row {
			if cell == "" {
				break rows
			}
			prefix += cell + "|"
		}
	}
	return prefix
}
