package p

var names = []string{"alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"}

var Sink int

func Op() { Sink = len(join(names)) }

//go:noinline
func join(names []string) string {
	s := ""
	for i, name := range names {
		if i > 0 {
			s += ", "
		}
		s += "<" + name + ">" // in brackets
	} // all of them

	return s
}
