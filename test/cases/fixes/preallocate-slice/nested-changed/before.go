package p

func triangle(rows int) int {
	var cells []int
	width := 1
	for i := 0; i < rows; i++ {
		for j := 0; j < width; j++ {
			cells = append(cells, j)
		}
		width++
	}
	return len(cells)
}
