package p

import "sync"

type server struct {
	pool sync.Pool
	name string
}

func newServer(name string) *server {
	return &server{sync.Pool{New: func() any { return make([]byte, 64) }}, name}
}

func other() *server {
	return &server{pool: sync.Pool{New: func() any { return make([]byte, 32) }}}
}

func (s *server) run() int {
	b := s.pool.Get().([]byte)
	n := copy(b, s.name)
	s.pool.Put(b)
	return n
}

var s, sink = newServer("a"), 0

func Op() { sink = s.run() }
