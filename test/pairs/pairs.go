// Package pairs has two ways each to write the same, one of which allocates more.
package pairs

import (
	"bytes"
	"strconv"
	"sync"
)

// Point is small enough to be copied.
type Point struct{ X, Y int }

//go:noinline
func pointPointer(x int) *Point { return &Point{X: x, Y: x} }

//go:noinline
func pointValue(x int) Point { return Point{X: x, Y: x} }

// ReturnPointer returns pointers, which puts each point on the heap.
func ReturnPointer(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum += pointPointer(i).X
	}
	return sum
}

// ReturnValue returns the same by value.
func ReturnValue(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum += pointValue(i).X
	}
	return sum
}

var last any

//go:noinline
func addAny(sum int, value any) int {
	last = value
	return sum + value.(int)
}

var lastInt int

//go:noinline
func addInt(sum, value int) int {
	lastInt = value
	return sum + value
}

// Boxed passes integers as interface values.
func Boxed(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum = addAny(sum, i+1000)
	}
	return sum
}

// Unboxed passes integers as integers.
func Unboxed(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum = addInt(sum, i+1000)
	}
	return sum
}

//go:noinline
func adder(x int) func(int) int { return func(y int) int { return x + y } }

// Closures makes a closure that outlives its function, each time.
func Closures(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum = adder(i)(sum)
	}
	return sum
}

// PlainCalls passes the same as arguments.
func PlainCalls(n int) (sum int) {
	for i := 0; i < n; i++ {
		sum = addInt(sum, i)
	}
	return sum
}

// ChannelPointers sends pointers through a channel.
func ChannelPointers(n int) (sum int) {
	points := make(chan *Point, 1)
	for i := 0; i < n; i++ {
		points <- &Point{X: i}
		sum += (<-points).X
	}
	return sum
}

// ChannelValues sends values through a channel.
func ChannelValues(n int) (sum int) {
	points := make(chan Point, 1)
	for i := 0; i < n; i++ {
		points <- Point{X: i}
		sum += (<-points).X
	}
	return sum
}

// SliceGrowth appends to a slice without capacity.
func SliceGrowth(n int) []int {
	var squares []int
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return squares
}

// SliceReserved reserves the capacity first.
func SliceReserved(n int) []int {
	squares := make([]int, 0, n)
	for i := 0; i < n; i++ {
		squares = append(squares, i*i)
	}
	return squares
}

// MapGrowth fills a map without a size.
func MapGrowth(n int) map[int]int {
	squares := map[int]int{}
	for i := 0; i < n; i++ {
		squares[i] = i * i
	}
	return squares
}

// MapReserved says the size first.
func MapReserved(n int) map[int]int {
	squares := make(map[int]int, n)
	for i := 0; i < n; i++ {
		squares[i] = i * i
	}
	return squares
}

// LargeMade makes an implicit object above 64 KiB, which the compiler does not leave on the stack.
func LargeMade() (sum int) {
	table := make([]int, 10_000)
	for i := range table {
		table[i] = i
		sum += table[i]
	}
	return sum
}

// LargeDeclared declares it, for which the limit is higher.
func LargeDeclared() (sum int) {
	var table [10_000]int
	for i := range table {
		table[i] = i
		sum += table[i]
	}
	return sum
}

// BufferEach makes a buffer for each number.
func BufferEach(n int) (length int) {
	for i := 0; i < n; i++ {
		buffer := new(bytes.Buffer)
		length += write(buffer, i)
	}
	return length
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// BufferPooled uses buffers again.
func BufferPooled(n int) (length int) {
	for i := 0; i < n; i++ {
		buffer := buffers.Get().(*bytes.Buffer)
		buffer.Reset()
		length += write(buffer, i)
		buffers.Put(buffer)
	}
	return length
}

//go:noinline
func write(buffer *bytes.Buffer, i int) int {
	var digits [20]byte
	for j := 0; j < 20; j++ {
		buffer.Write(strconv.AppendInt(digits[:0], int64(i+j), 10))
	}
	return buffer.Len()
}
