package p

import (
	"cmp"
	"slices"
)

var numbers = []int{3, 1, 2}

func Op() {
	slices.SortFunc(numbers, func(b, a int) int { return cmp.Compare(a, b) })
	if numbers[0] != 3 || numbers[2] != 1 {
		panic("order")
	}
}
