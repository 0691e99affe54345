package p

type ascending []int

func (v ascending) Len() int           { return len(v) }
func (v ascending) Less(i, j int) bool { return v[i] < v[j] }
func (v ascending) Swap(i, j int)      { v[i], v[j] = v[j], v[i] }
