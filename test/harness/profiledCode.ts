/** A package with a test and a benchmark whose memory profile is known: 100 nodes of 128 bytes in each turn. */

export const profiledCode = `package p

import "strings"

type Node struct{ next *Node; data [120]byte }

//go:noinline
func New(next *Node) *Node {
	return &Node{next: next}
}

func List(n int) (first *Node) {
	for i := 0; i < n; i++ {
		first = New(first)
	}
	return first
}

func Text(n int) string {
	return strings.Repeat("long enough", n)
}

func Cold() *int { return new(int) }
`;

/** 50 turns in the test. */
export const profiledTests = `package p

import "testing"

func TestList(t *testing.T) {
	for i := 0; i < 50; i++ {
		List(100)
		Text(100)
	}
}

func BenchmarkList(b *testing.B) {
	for i := 0; i < b.N; i++ {
		List(100)
		Text(100)
	}
}
`;
