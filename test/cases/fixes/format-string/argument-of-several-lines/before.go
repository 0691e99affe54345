package p

import "fmt"

//go:noinline
func use(s string, n int) int { return len(s) + n }

func number(a, b string) int {
	return use(
		fmt.Sprintf(
			"%s/%s",
			a,
			b,
		),
		1,
	)
}
