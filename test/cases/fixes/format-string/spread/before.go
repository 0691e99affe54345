package p

import "fmt"

func show(name string, n int) string {
	parts := []any{name, n}
	return fmt.Sprintf("%s%d", parts...)
}
