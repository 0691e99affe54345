package p

import "sync"

type Server struct{ pool sync.Pool }

func (s *Server) start() {
	s.pool.New = func() any {
		b := make([]int, 64)
		return &b
	}
}

func (s *Server) sum(n int) (sum int) {
	p := s.pool.Get().(*[]int)
	counts := *p
	defer s.pool.Put(p)
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
