package p

import "fmt"

func full(n int) error { return fmt.Errorf("%d full", n) }
