/**
 * A program of which each line says what it allocates. Its comment has its sites from left to right: verdict, condition in
 * brackets, and of each call its name and size. Lines without such a comment have none that allocates.
 */
export const program = `package m

type Point struct{ X, Y int }
type Big struct{ data [1000]int }
type List[T any] struct{ head *node[T] }
type node[T any] struct {
	value T
	next  *node[T]
}
type Shape interface{ Area() int }

var (
	sink     any
	sinkInt  *int
	sinkText string
	sinkFunc func() int
	bytes    []byte
	table    = map[string]int{"a": 1, "b": 2} //= yes makemap_small
)

func (p Point) Area() int { return p.X * p.Y }

func (l *List[T]) Push(v T) { //= sometimes(not inlined) | sometimes(not inlined)
	l.head = &node[T]{v, l.head} //= yes newobject 16 | yes newobject 24
}

func Instances(a *List[int], b *List[string]) {
	a.Push(1) //= yes newobject 16
	b.Push("x") //= yes newobject 24
}

func Returned(n int) *Point {
	return &Point{n, n} //= yes newobject 16
}

func Moved(n int) (*int, *Big) {
	var big Big //= yes newobject 8000
	x := n      //= yes newobject 8
	return &x, &big
}

func Boxed(n int, s string, b bool, p Point, pointer *Point) {
	sink = n //= likely(value > 255) convT64 8
	sink = s //= likely(not empty) convTstring 16
	sink = b
	sink = p //= yes convTnoptr 16
	sink = pointer
	sink = 7
	sink = struct{}{}
}

func Interfaces(n int) Shape {
	if n > 3 {
		return Point{n, n} //= yes convTnoptr 16
	}
	return &Point{1, 2} //= yes newobject 16
}

func Closures(n int) func() int {
	count := 0 //= yes newobject 8
	sinkFunc = func() int { count++; return count } //= yes newobject 16
	return func() int { return n } //= yes newobject 16
}

func MethodValue(p Point) func() int {
	return p.Area //= yes newobject 24
}

func Text(a, b string, raw []byte) {
	sinkText = a + "-" + b //= likely(not empty) concatstring3
	if a+b == "x" { //= sometimes(len > 32) concatstring2
		println(a)
	}
	bytes = []byte(a)      //= likely(not empty) stringtoslicebyte
	sinkText = string(raw) //= likely(not empty) slicebytetostring
	if string(raw) == a {
		println(a)
	}
	for range raw {
		sinkText += b //= likely(not empty) concatstring2
	}
}

func ManyLines(a, b string) string {
	return a + //= likely(not empty) concatstring3
		"long" +
		b
}

func Slices(n int) []Point {
	sink = &[]Point{{1, 2}, {3, n}} //= yes newobject 24 | yes newobject 32
	fixed := make([]Point, 10) //= yes makeslice 160
	return append(fixed[:1:1], make([]Point, n)...) //= sometimes(grows) growslice
}

func Channels() chan Point {
	done := make(chan struct{}) //= yes makechan
	close(done)
	return make(chan Point, 10) //= yes makechan
}

func Maps(k string, n int) map[string]any {
	return map[string]any{ //= yes makemap_small
		"n": n, //= likely(value > 255) convT64 8
		"k": 1,
	}
}

//go:noinline
func worker(a, b int) {}

func Goroutines(n int) {
	go worker(n, n) //= yes newobject 24
	go worker(1, 2)
}

func Cold(i int, xs []int) int {
	if i > len(xs) {
		panic(Point{i, i}) //= yes convTnoptr 16 panic
	}
	if i == len(xs) {
		fail(&Point{i, i}) //= yes newobject 16 panic
	}
	return xs[i]
}

func fail(p *Point) { panic(p) }

func variadic(xs ...*Point) { sinkPoints = xs }

var sinkPoints []*Point

func Variadic(p *Point) {
	variadic(p, p, p) //= yes newobject 24
	variadic()
}

func small() *Point {
	return &Point{5, 6} //= sometimes(not inlined) newobject 16
}

func Inlined() *Point {
	return small() //= yes newobject 16
}

func Kept() int { return small().X }

type ID int

func format(args ...any) { sinkArgs = args }

var sinkArgs []any

func Many(n int, s string, p *Point, xs []int, ok bool) {
	format(n, s, xs, p, ok, p.X) //= likely(not empty) convTslice 24 | likely(not empty) convTstring 16 | likely(value > 255) convT64 8 | likely(value > 255) convT64 8 | yes newobject 96
	format(ID(3), n) //= likely(value > 255) convT64 8 | yes newobject 32
}

func Grown(n int, s string) []any {
	var all []any
	all = append(all, n, s) //= likely(not empty) convTstring 16 | likely(value > 255) convT64 8 | yes growslice
	return all
}

var (
	sinkPoint *Point
	lists     map[string][]Point
)

type Bytes []byte

func Signature(
	n int, //= yes newobject 8
	s string, //= yes newobject 16
	p Point, //= yes newobject 16
) {
	sinkInt, sink, sinkPoint = &n, &s, &p
}

func (p Point) Results(
	s string, //= yes newobject 16
) (
	last Point, //= yes newobject 16
	err error,
) {
	if p.X > 0 {
		sink, sinkPoint = &s, &last
	}
	return
}

func Elements(n int) {
	lists = map[string][]Point{ //= yes makemap_small
		"a": {{n, 1}, {n, 2}}, //= yes
		"b": { //= yes
			{n, 3},
		},
	}
}

func Named() {
	sink = Bytes("x") //= likely(not empty) convTslice 24 | yes newobject 1
}

//go:noinline
func generic[K comparable, V any](
	k K,
	v V, //= yes newobject 24 newobject 16 newobject 16
) {
	sink = &v
	sink = map[K]V{k: v} //= yes makemap_small | yes makemap_small | yes makemap_small
	sink = struct { //= yes convT | yes convT | yes convT
		k K
		v V
	}{k, v}
}

func Instantiated() {
	generic(1, "x")
	generic("k", Point{})
	generic[string, []int]("k", nil)
}

func Dead(n int) {
	if n < 0 && n > 0 {
		sink = &Point{}
	}
}
`;
