package p

import "fmt"

func check(n int) error {
	if n > 0 {
		return fmt.Errorf("100%% is too much")
	}
	return nil
}
