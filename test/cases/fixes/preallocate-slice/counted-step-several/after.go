package p

func halves(s []byte) int {
	out := make([]byte, 0, (len(s)+1)/2*2)
	for i := 0; i < len(s); i += 2 {
		out = append(out, s[i], 0)
	}
	return len(out)
}
