package p

import "strings"

func fields(line string) []string {
	out := []string{}
	if line == "" {
		return out
	}
	words := strings.Fields(line)
	for _, word := range words {
		out = append(out, word)
	}
	return out
}
