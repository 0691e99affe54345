package p

type event struct {
	ts   int64
	kind string
}

//go:noinline
func latest(n int) *event {
	var last *event
	var lastValue event
	for i := range n {
		ev := event{ts: int64(i), kind: "a"}
		if i%2 == 0 {
			lastValue = ev
			last = &lastValue
		}
	}
	return last
}

var found *event

func Op() { found = latest(10) }
