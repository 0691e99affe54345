package p

import "sync"

type point struct{ x, y int }

type router struct {
	points *sync.Pool
}

func newRouter(size int) router {
	return router{points: &sync.Pool{New: func() any { b := make([]point, size); return &b }}}
}

func (r router) walk() int {
	p := r.points.Get().(*[]point)
	points := *p
	n := len(points)
	*p = points
	r.points.Put(p)
	return n
}

var r, sink = newRouter(16), 0

func Op() { sink = r.walk() }
