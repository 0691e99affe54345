package p

func id(n int) []byte {
	if n == 0 {
		return nil
	}
	b := make([]byte, 16)
	return b
}
