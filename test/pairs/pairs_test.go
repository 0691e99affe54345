package pairs

import "testing"

const n = 100

var (
	number  int
	numbers []int
	squares map[int]int
)

// The pairs by name: what allocates more, and what allocates less.
var all = []struct {
	name       string
	more, less func()
}{
	{"ReturnPointer", func() { number = ReturnPointer(n) }, func() { number = ReturnValue(n) }},
	{"Boxing", func() { number = Boxed(n) }, func() { number = Unboxed(n) }},
	{"Closure", func() { number = Closures(n) }, func() { number = PlainCalls(n) }},
	{"ChannelElement", func() { number = ChannelPointers(n) }, func() { number = ChannelValues(n) }},
	{"SliceGrowth", func() { numbers = SliceGrowth(n) }, func() { numbers = SliceReserved(n) }},
	{"MapGrowth", func() { squares = MapGrowth(n) }, func() { squares = MapReserved(n) }},
	{"LargeObject", func() { number = LargeMade() }, func() { number = LargeDeclared() }},
	{"Pool", func() { number = BufferEach(n) }, func() { number = BufferPooled(n) }},
}

func TestPairs(t *testing.T) {
	for _, pair := range all {
		more, less := testing.AllocsPerRun(20, pair.more), testing.AllocsPerRun(20, pair.less)
		if more < less+1 {
			t.Errorf("%s: %v allocations, and %v", pair.name, more, less)
		}
	}
}

func BenchmarkPairs(b *testing.B) {
	for _, pair := range all {
		b.Run(pair.name+"/more", func(b *testing.B) { repeat(b, pair.more) })
		b.Run(pair.name+"/less", func(b *testing.B) { repeat(b, pair.less) })
	}
}

// The benchmark that a fix of SliceGrowth is proved by.
func BenchmarkSliceGrowth(b *testing.B) {
	repeat(b, func() { numbers = SliceGrowth(n) })
}

func repeat(b *testing.B, call func()) {
	b.ReportAllocs()
	for i := 0; i < b.N; i++ {
		call()
	}
}
