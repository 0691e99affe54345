package p

import "fmt"

type message struct {
	ResponseName string
	Text         string
}

func number(n int) message {
	return message{
		ResponseName: "x",
		Text: fmt.Sprintf(
			"%d",
			n,
		),
	}
}
