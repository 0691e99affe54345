package p

func every(s []byte) string {
	out := make([]byte, 0, (len(s)+1)/2)
	for i := 0; i < len(s); i += 2 {
		out = append(out, s[i])
	}
	return string(out)
}
