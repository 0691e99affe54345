package p

func collatz(n, most int) []int {
	steps := []int{}
	for len(steps) < most {
		steps = append(steps, n)
		if n == 1 {
			break
		}
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return steps
}

var sink []int

func Op() { sink = collatz(27, 1<<40) }
