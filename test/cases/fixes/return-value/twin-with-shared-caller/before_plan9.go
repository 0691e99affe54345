package p

func at(x int) *point { return nil }

func Op() { _ = other() }
