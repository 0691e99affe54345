package p

import "fmt"

func show(format, name string) string { return fmt.Sprintf(format, name) }
