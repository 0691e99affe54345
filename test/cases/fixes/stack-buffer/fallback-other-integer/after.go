package p

type row struct {
	name string
	size int
}

func work(n uint16) int {
	var rowsBuffer [32]row
	var rows []row
	if n <= 32 {
		rows = rowsBuffer[:n:n]
	} else {
		rows = make([]row, n)
	}
	return len(rows) + rows[0].size
}
