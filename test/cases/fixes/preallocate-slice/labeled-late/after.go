package p

var sink int

func upTo(limit int, all []int) (out []int) {
	if limit == 0 {
		return nil
	}
	limit *= 2
	out = make([]int, 0, max(0, limit))
scan:
	for i := 0; i < limit; i++ {
		switch {
		case i >= len(all):
			break scan
		case all[i] < 0:
			continue scan
		}
		out = append(out, all[i])
	}
	return out
}

var all = []int{1, 2, -3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22}

func Op() { sink = len(upTo(20, all)) }
