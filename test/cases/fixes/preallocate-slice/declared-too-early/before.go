package p

import "strings"

func fields(line string) int {
	var out []string
	words := strings.Fields(line)
	// Copy.
	for _, word := range words {
		out = append(out, word)
	}
	return len(out)
}
