package p

type box[T any] struct{ v T }

//go:noinline
func newBox[T any](v T) *box[T] { return &box[T]{v: v} }

var sink int

func Op() { sink = newBox(1).v }
