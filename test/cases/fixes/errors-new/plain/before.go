package p

import "fmt"

func full() error { return fmt.Errorf("full") }
