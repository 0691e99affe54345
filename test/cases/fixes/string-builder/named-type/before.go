package p

type text string

func join(xs []text) text {
	var s text
	for _, x := range xs {
		s += x + ";"
	}
	return s
}
