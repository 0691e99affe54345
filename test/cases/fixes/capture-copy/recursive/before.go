package p

type spec interface{ each(visit func(spec)) }

type node struct{ next []spec }

func (n *node) each(visit func(spec)) {
	for _, next := range n.next {
		visit(next)
	}
}

var tree spec = &node{[]spec{&node{}, &node{}}}

var count int

func Op() {
	var visit func(spec)
	visit = func(s spec) {
		count++
		s.each(visit)
	}
	visit(tree)
}
