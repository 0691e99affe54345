package p

type index struct{ m map[int]int }

func (x *index) fill(ns []int, other map[int]int) {
	x.m = make(map[int]int)
	for i, n := range ns {
		x.m[n] = i
		if n < 0 {
			x.m = other
		}
	}
}
