package p

func drain(c chan int) int {
	var out []int
	for x := range c {
		out = append(out, x)
	}
	return len(out)
}
