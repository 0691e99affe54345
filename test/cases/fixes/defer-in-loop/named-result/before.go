package p

import "errors"

var E = errors.New("x")
var n int

//go:noinline
func do(items []int) (err error) {
	for _, item := range items {
		// counts failures
		defer func() {
			if err != nil {
				n++
				if n > 5 {
					n = 0
				}
			}
		}()
		n += item
	}
	return E
}

func Op() { _ = do([]int{1, 2}) }
