package p

func id[T any]() []T {
	b := make([]T, 16)
	return b
}

var ids = id[int]()
