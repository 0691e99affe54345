package p

type list []int

func collect(xs []int) list {
	l := list{}
	for i, x := range xs {
		l[i] = x
	}
	return l
}
