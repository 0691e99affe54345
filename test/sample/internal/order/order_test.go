package order

import (
	"testing"
	"time"
)

func TestTotal(t *testing.T) {
	o := New("o-1", "ada", time.Unix(0, 0))
	o.Lines = []Line{{SKU: "pen", Quantity: 3, Price: 120}, {SKU: "ink", Quantity: 1, Price: 999}}
	if got, want := o.Total(), Cents(1359); got != want {
		t.Errorf("Total() = %d, want %d", got, want)
	}
}

func TestValidate(t *testing.T) {
	o := New("o-1", "ada", time.Unix(0, 0))
	if err := o.Validate(); err != nil {
		t.Errorf("Validate() = %v", err)
	}
	o.Lines = []Line{{SKU: "pen"}}
	if o.Validate() == nil {
		t.Error("a line without quantity is valid")
	}
}
