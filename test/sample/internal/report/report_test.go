package report

import (
	"testing"
	"time"

	"example.com/orders/internal/order"
)

func orders() []*order.Order {
	monday := time.Date(2024, time.January, 1, 9, 30, 0, 0, time.UTC)
	lines := []order.Line{{SKU: "pen", Quantity: 2, Price: 50}}
	return []*order.Order{
		{ID: "1", Placed: monday, Lines: lines},
		{ID: "2", Placed: monday.Add(time.Second), Lines: lines},
		{ID: "3", Placed: monday.Add(time.Hour)},
	}
}

func TestDailyAsCSV(t *testing.T) {
	want := "order,total\n1,100\n2,100\n3,0\n"
	if got := CSV(Daily(orders())); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLarge(t *testing.T) {
	rows := Daily(orders())
	if got := Large(rows, 100); len(got) != 2 {
		t.Errorf("got %d rows, want 2", len(got))
	}
	if got := Large(rows, 101); got != nil {
		t.Errorf("got %v, want nil", got)
	}
}

func TestBusiestMinute(t *testing.T) {
	if got, want := BusiestMinute(orders()), 24*60+9*60+30; got != want {
		t.Errorf("got %d, want %d", got, want)
	}
}

func TestChecksum(t *testing.T) {
	if got := Checksum("7992739871"); got != 3 {
		t.Errorf("got %d, want 3", got)
	}
}
