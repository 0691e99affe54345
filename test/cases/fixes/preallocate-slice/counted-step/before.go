package p

func every(s []byte) string {
	var out []byte
	for i := 0; i < len(s); i += 2 {
		out = append(out, s[i])
	}
	return string(out)
}
