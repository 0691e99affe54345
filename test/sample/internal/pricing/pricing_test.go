package pricing

import (
	"testing"

	"example.com/orders/internal/order"
)

func TestPrice(t *testing.T) {
	lines := []order.Line{{SKU: "pen", Quantity: 10, Price: 100}}
	got := Price("o-1", lines, []Discount{Percent{10}, Percent{50}})
	if got != 450 {
		t.Errorf("Price = %d, want 450", got)
	}
	if label := Label(got); label != "4.50 EUR" {
		t.Errorf("Label = %q", label)
	}
}

func TestCounter(t *testing.T) {
	count := Counter()
	count()
	if got := count(); got != 2 {
		t.Errorf("second call = %d", got)
	}
}

func TestFields(t *testing.T) {
	if got := Fields(&order.Order{ID: "o-1"})["id"]; got != "o-1" {
		t.Errorf("id = %v", got)
	}
}
