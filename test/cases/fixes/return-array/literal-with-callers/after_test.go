package p

import "testing"

func TestWeights(t *testing.T) {
	all, _ := weights(0)
	if len(all) != 3 || string(text(all[:])) != "\x01\x02\x03" {
		t.Fatal(all[0])
	}
}

func text(all []int) []byte {
	b := []byte{}
	for _, x := range all {
		b = append(b, byte(x))
	}
	return b
}
