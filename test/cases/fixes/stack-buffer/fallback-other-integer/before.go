package p

type row struct {
	name string
	size int
}

func work(n uint16) int {
	rows := make([]row, n)
	return len(rows) + rows[0].size
}
