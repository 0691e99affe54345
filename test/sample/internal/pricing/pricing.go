// Package pricing applies discounts.
package pricing

import (
	"fmt"
	"log"

	"example.com/orders/internal/order"
)

// Discount changes what is to be paid.
type Discount interface {
	Apply(o *order.Order, amount order.Cents) order.Cents
}

// Percent takes off a share of the amount.
type Percent struct{ Value int }

// Apply implements Discount.
func (p Percent) Apply(_ *order.Order, amount order.Cents) order.Cents {
	return amount - amount*order.Cents(p.Value)/100
}

// Price returns what is to be paid for a list of lines.
func Price(id string, lines []order.Line, discounts []Discount) order.Cents {
	o := order.Order{ID: id, Lines: lines}
	amount := o.Total()
	for _, discount := range discounts {
		amount = discount.Apply(&o, amount)
	}
	return amount
}

// Label is what the customer reads.
func Label(amount order.Cents) string {
	return fmt.Sprintf("%d.%02d EUR", amount/100, amount%100)
}

// Audit logs every price, with a number of its own.
func Audit(amounts []order.Cents) {
	for i, amount := range amounts {
		log.Printf("price %d of %d: %s", i+1, len(amounts), Label(amount))
	}
}

// Counter returns a function that counts its calls.
func Counter() func() int {
	calls := 0
	return func() int {
		calls++
		return calls
	}
}

// Fields are what a log record carries beside its text.
func Fields(o *order.Order) map[string]any {
	return map[string]any{"service": "orders", "version": 3, "id": o.ID, "lines": len(o.Lines)}
}
