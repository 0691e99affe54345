package p

func drain[C ~chan E, E any](c C) []E {
	all := []E{}
	for v := range c {
		all = append(all, v)
	}
	return all
}

var sink []int

func Op() {
	c := make(chan int, 3)
	c <- 1
	close(c)
	sink = drain(c)
}
