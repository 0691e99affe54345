package p

type point struct{ x, y int }

func at(x int) *point { return &point{x: x, y: 1} }

func Op() { _ = at(1) }
