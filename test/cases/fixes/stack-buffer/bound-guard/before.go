package p

const most = 128

func head(s string, n int) byte {
	if n > most {
		return 0
	}
	b := make([]byte, n)
	copy(b, s)
	return b[0]
}
