package p

import "fmt"

var Sink string

var numbers = []int64{100000, 200000}

func Op() { Sink = pair(numbers[0], numbers[1]) }

//go:noinline
func pair(a, b int64) string {
	return fmt.Sprint(a, b)
}
