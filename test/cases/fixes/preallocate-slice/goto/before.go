package p

func again(xs []int) int {
	var out []int
	for _, x := range xs {
		out = append(out, x)
	}
	if len(out) > 1000 {
		goto end
	}
end:
	return len(out)
}
