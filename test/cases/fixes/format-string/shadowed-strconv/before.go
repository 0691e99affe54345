package p

import "fmt"

func show(n int, strconv string) string {
	if strconv != "" {
		return strconv
	}
	return fmt.Sprintf("%d", n)
}
