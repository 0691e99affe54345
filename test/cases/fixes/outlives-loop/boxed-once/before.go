package p

import "fmt"

type item struct{ x, y int }

var N = 1000

func Op() string {
	var last fmt.Stringer
	for i := 0; i < 10; i++ {
		v := item{N + i, i}
		if v.x%2 == 0 {
			last = v
		}
	}
	if last == nil {
		return ""
	}
	return last.String()
}

func (i item) String() string { return "item" }
