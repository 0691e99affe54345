package p

import "sort"

var numbers = []int{3, 1, 2}

func Op() {
	sort.Sort(sort.Reverse(sort.IntSlice(numbers)))
	if numbers[0] != 3 || numbers[2] != 1 {
		panic("order")
	}
}
