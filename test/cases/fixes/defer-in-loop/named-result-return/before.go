package p

import "errors"

var E = errors.New("x")
var n int

func do(items []int) (err error) {
	for range items {
		defer func() {
			if err == nil {
				return
			}
			n++
		}()
	}
	return E
}
