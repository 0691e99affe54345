package p

func repeat(part []byte, n int) int {
	out := make([]byte, 0, len(part)*max(0, n)+max(0, n))
	for i := 0; i < n; i++ {
		out = append(out, part...)
		out = append(out, ',')
	}
	return len(out)
}
