package p

import "strconv"

func parse(words []string) ([]int, error) {
	out := []int{}
	for _, word := range words {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
