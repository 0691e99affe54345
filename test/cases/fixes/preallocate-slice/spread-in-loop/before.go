package p

func repeat(part []byte, n int) int {
	out := []byte{}
	for i := 0; i < n; i++ {
		out = append(out, part...)
		out = append(out, ',')
	}
	return len(out)
}
