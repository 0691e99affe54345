//go:build go1.21

package p

var jobs [4]func() int

//go:noinline
func fill() {
	for i := 0; i < len(jobs); i++ {
		i := i
		jobs[i] = func() int { return i * 2 }
	}
}

func Op() { fill() }
