package p

type point struct{ x, y int }

func other() int { return at(1).x }
