package p

import "os"

var names = []string{"a", "b"}
var sink int

//go:noinline
func all() {
	for _, name := range names {
		func() {
			f, err := os.Open(name)
			if err != nil {
				return
			}
			defer f.Close()
			for range 3 {
				if sink > 2 {
					continue
				}
				sink++
			}
		}()
	}
}

func Op() { all() }
