package p

type edge struct{ from, to int }

type weightKey struct {
	from int
	to   int
}

// graph has weights by both ends.
type graph struct {
	edges  []edge
	weight map[weightKey]int // by from and to
}

func newGraph() *graph {
	return &graph{weight: make(map[weightKey]int)}
}

func (g *graph) connect(from, to, w int) {
	if g.weight == nil {
		g.weight = map[weightKey]int{{0, 0}: 0}
	}
	g.edges = append(g.edges, edge{from, to})
	g.weight[weightKey{from, to}] = w
}

func (g *graph) cost(from, to int) (int, bool) {
	key := weightKey{from, to}
	if w, ok := g.weight[key]; ok {
		return w, true
	}
	delete(g.weight, key)
	return len(g.weight), false
}

var sink int

func Op() {
	g := &roads
	sink, _ = g.cost(1000, 2000)
}

var roads = func() graph {
	g := newGraph()
	g.connect(1000, 2000, 5)
	return *g
}()
