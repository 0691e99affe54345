// Package store keeps orders.
package store

import (
	"fmt"
	"sync"

	"example.com/orders/internal/order"
)

// Memory keeps orders in the memory of the process.
type Memory struct {
	mu       sync.Mutex
	orders   map[string]*order.Order
	versions map[string]int
}

// NewMemory returns an empty store.
func NewMemory() *Memory {
	return &Memory{orders: make(map[string]*order.Order), versions: map[string]int{}}
}

// Put stores a copy of an order.
func (m *Memory) Put(o order.Order) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.orders[key(o.Customer, o.ID)] = &o
	m.versions[o.ID]++
}

// Get returns an order, or nil.
func (m *Memory) Get(customer, id string) *order.Order {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.orders[key(customer, id)]
}

// All returns every order, in no order.
func (m *Memory) All() []*order.Order {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := make([]*order.Order, 0, len(m.orders))
	for _, o := range m.orders {
		all = append(all, o)
	}
	return all
}

// CountBySKU returns how many pieces of each article were ordered.
func (m *Memory) CountBySKU() map[string]int {
	counts := map[string]int{}
	for _, o := range m.All() {
		for _, line := range o.Lines {
			counts[line.SKU] += line.Quantity
		}
	}
	return counts
}

func key(customer, id string) string {
	return fmt.Sprintf("%s/%s", customer, id)
}
