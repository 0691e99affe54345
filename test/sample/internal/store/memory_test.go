package store

import (
	"testing"

	"example.com/orders/internal/order"
)

func TestPutAndGet(t *testing.T) {
	m := NewMemory()
	m.Put(order.Order{ID: "o-1", Customer: "ada", Lines: []order.Line{{SKU: "pen", Quantity: 2}}})
	m.Put(order.Order{ID: "o-2", Customer: "bob", Lines: []order.Line{{SKU: "pen", Quantity: 3}}})
	if got := m.Get("ada", "o-1"); got == nil || got.ID != "o-1" {
		t.Errorf("Get = %v", got)
	}
	if got := m.Get("ada", "o-2"); got != nil {
		t.Errorf("Get of another customer's order = %v", got)
	}
	if got := m.CountBySKU()["pen"]; got != 5 {
		t.Errorf("CountBySKU = %d, want 5", got)
	}
}
