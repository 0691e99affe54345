package p

type record struct{ id int }

type page struct {
	records []record
	title   string
}

var sink *page

func build(ids []int) *page {
	result := &page{title: "x"}
	for i := 0; i < len(ids); i++ {
		result.records = append(result.records, record{ids[i]}, record{-ids[i]})
	}
	return result
}

func Op() { sink = build([]int{1, 2, 3, 4, 5}) }
