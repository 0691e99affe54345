package p

type set struct{ m map[int]struct{} }

func newSet(vs []int) *set {
	s := &set{m: map[int]struct{}{}}
	for _, v := range vs {
		s.m[v] = struct{}{}
	}
	return s
}
