package p

import "errors"

var E = errors.New("x")
var n int

func do(items []int) (err error) {
	for _, item := range items {
		defer func() {
			if err != nil {
				n += item
			}
		}()
	}
	return E
}
