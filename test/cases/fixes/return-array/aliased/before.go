package p

func id() []byte {
	b := make([]byte, 16)
	c := b
	c[0] = 7
	return b
}

func first() byte { return id()[0] }
