package p

import "fmt"

func padded(n int) string { return fmt.Sprintf("%05d", n) }
