package p

type t struct{}

func (t) id() []byte {
	b := make([]byte, 16)
	return b
}
