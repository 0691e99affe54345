package p

func take(values []int, limit int) []int {
	taken := []int{}
	for _, v := range values {
		if v < 0 {
			limit -= v
		}
		taken = append(taken, v)
		if len(taken) >= limit {
			break
		}
	}
	return taken
}

var sink []int

func Op() { sink = take([]int{1, -5, 2, 3, 4}, 3) }
