package p

//go:noinline
func use(s string, n int) int { return len(s) + n }

func number(a, b string) int {
	return use(
		a+"/"+b,
		1,
	)
}
