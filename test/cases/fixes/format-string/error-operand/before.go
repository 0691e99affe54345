package p

import "fmt"

func message(name string, err error) string { return fmt.Sprintf("%s: %v", name, err) }
