package p

import "strings"

func fields(line string) []string {
	out := []string{}
	if line == "" {
		return out
	}
	words := strings.Fields(line)
	out = make([]string, 0, len(words))
	for _, word := range words {
		out = append(out, word)
	}
	return out
}
