package p

import "testing"

func TestAt(t *testing.T) {
	if p := at(1); p.x != 1 {
		t.Fatal(p)
	}
}
