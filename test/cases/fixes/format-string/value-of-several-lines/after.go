package p

type message struct {
	ResponseName string
	Text         string
	At           int
}

func conflict(a, b string) *message {
	return &message{
		ResponseName: a,
		Text: `"` +
			a + `" and "` + b + `" are different`,
		At: 3,
	}
}
