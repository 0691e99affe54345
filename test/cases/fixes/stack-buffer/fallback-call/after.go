package p

func work(s string) byte {
	var bBuffer [64]byte
	var b []byte
	if len(s) <= len(bBuffer) {
		b = bBuffer[:len(s):len(s)]
	} else {
		b = make([]byte, len(s))
	}
	copy(b, s)
	return b[0]
}
