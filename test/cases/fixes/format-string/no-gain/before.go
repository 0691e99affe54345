package p

import "fmt"

func show(n int) string { return fmt.Sprintf("id-%d", n) }
