package p

import "sync"

type Server struct{ pool sync.Pool }

func (s *Server) start() {
	s.pool.New = func() any {
		return make([]int, 64)
	}
}

func (s *Server) sum(n int) (sum int) {
	counts := s.pool.Get().([]int)
	defer s.pool.Put(counts)
	counts[n]++
	for _, c := range counts {
		sum += c
	}
	return sum
}

var (
	server = func() *Server {
		s := &Server{}
		s.start()
		return s
	}()
	sink int
)

func Op() { sink = server.sum(5) }
