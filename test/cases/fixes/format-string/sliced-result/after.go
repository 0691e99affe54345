package p

func tail(a, b string) string {
	return (a + "/" + b)[1:]
}
