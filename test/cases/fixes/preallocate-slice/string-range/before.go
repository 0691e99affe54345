package p

var Sink []rune

func Op() { Sink = runes("abcdefghijklmnopqrstuvwxyz") }

//go:noinline
func runes(s string) []rune {
	all := make([]rune, 0)
	for _, r := range s {
		all = append(all, r)
	}
	return all
}
