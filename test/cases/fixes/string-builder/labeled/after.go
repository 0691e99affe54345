package p

import "strings"

func until(prefix string, rows [][]string) string {
	var sb strings.Builder
	sb.WriteString(prefix)
rows:
	for _, row := range rows {
		for _, cell := range row {
			if cell == "" {
				break rows
			}
			sb.WriteString(cell)
			sb.WriteString("|")
		}
	}
	prefix = sb.String()
	return prefix
}
