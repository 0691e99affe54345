package p

import "fmt"

func show(name string) string { return fmt.Sprintf("%s %s", name) }
