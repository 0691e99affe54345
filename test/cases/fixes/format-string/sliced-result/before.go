package p

import "fmt"

func tail(a, b string) string {
	return fmt.Sprintf("%s/%s", a, b)[1:]
}
