package p

import "fmt"

type message struct {
	ResponseName string
	Text         string
	At           int
}

func conflict(a, b string) *message {
	return &message{
		ResponseName: a,
		Text: fmt.Sprintf(
			`"%s" and "%s" are different`,
			a,
			b,
		),
		At: 3,
	}
}
