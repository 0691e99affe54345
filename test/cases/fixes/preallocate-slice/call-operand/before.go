package p

import "strings"

func fields(line string) int {
	var out []string
	for _, word := range strings.Fields(line) {
		out = append(out, word)
	}
	return len(out)
}
