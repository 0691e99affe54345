package p

const maxBatch = 64

type source struct{ left int }

func (s *source) next() bool { s.left--; return s.left >= 0 }

//go:noinline
func (s *source) batch() []int {
	batch := make([]int, 0, maxBatch)
	for len(batch) < maxBatch && s.next() {
		batch = append(batch, s.left)
	}
	return batch
}

var sink []int

func Op() {
	s := source{100}
	sink = s.batch()
}
