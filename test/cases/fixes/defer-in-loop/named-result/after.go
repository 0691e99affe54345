package p

import "errors"

var E = errors.New("x")
var n int

//go:noinline
func do(items []int) (err error) {
	deferred := 0
	defer func() {
		for ; deferred > 0; deferred-- {
			if err != nil {
				n++
				if n > 5 {
					n = 0
				}
			}
		}
	}()
	for _, item := range items {
		// counts failures
		deferred++
		n += item
	}
	return E
}

func Op() { _ = do([]int{1, 2}) }
