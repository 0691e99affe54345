package p

func work(s string) int {
	var runesBuffer [64]int32
	var runes []int32
	if len(s)+1 <= len(runesBuffer) {
		runes = runesBuffer[: len(s)+1 : len(s)+1]
	} else {
		runes = make([]int32, len(s)+1)
	}
	runes[0] = 1
	return int(runes[len(s)])
}
