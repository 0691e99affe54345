// Package order holds what the service is about: orders and their lines.
package order

import (
	"errors"
	"fmt"
	"time"
)

// Cents is an amount of money.
type Cents int64

// Line is one position of an order.
type Line struct {
	SKU      string
	Quantity int
	Price    Cents
}

// Order is what a customer ordered.
type Order struct {
	ID       string
	Customer string
	Placed   time.Time
	Lines    []Line
}

// New returns an order without lines.
func New(id, customer string, placed time.Time) *Order {
	o := Order{ID: id, Customer: customer, Placed: placed}
	return &o
}

// Total is the sum of all lines before any discount.
func (o *Order) Total() Cents {
	var total Cents
	for _, line := range o.Lines {
		total += line.Price * Cents(line.Quantity)
	}
	return total
}

// Validate says what is wrong with an order.
func (o *Order) Validate() error {
	if o.Customer == "" {
		return errors.New("order without customer")
	}
	for i, line := range o.Lines {
		if line.Quantity <= 0 {
			return fmt.Errorf("order %s: line %d: quantity %d", o.ID, i, line.Quantity)
		}
	}
	return nil
}
