// Package httpapi serves orders over HTTP.
package httpapi

import (
	"encoding/json"
	"net/http"
	"sync"

	"example.com/orders/internal/order"
	"example.com/orders/internal/report"
)

// Store is what the handlers need to keep orders.
type Store interface {
	Put(o order.Order)
	Get(customer, id string) *order.Order
	All() []*order.Order
}

var buffers = sync.Pool{New: func() any { return make([]byte, 0, 4096) }}

type server struct {
	store Store
}

// Handler returns the routes of the service.
func Handler(store Store) http.Handler {
	s := &server{store: store}
	mux := http.NewServeMux()
	mux.HandleFunc("/order", s.order)
	mux.HandleFunc("/report", s.report)
	return mux
}

func (s *server) order(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		s.put(w, r)
		return
	}
	query := r.URL.Query()
	o := s.store.Get(query.Get("customer"), query.Get("id"))
	if o == nil {
		http.Error(w, "no such order", http.StatusNotFound)
		return
	}
	_ = json.NewEncoder(w).Encode(o)
}

func (s *server) put(w http.ResponseWriter, r *http.Request) {
	var o order.Order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := o.Validate(); err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	s.store.Put(o)
	w.WriteHeader(http.StatusCreated)
}

func (s *server) report(w http.ResponseWriter, _ *http.Request) {
	buffer := buffers.Get().([]byte)[:0]
	buffer = append(buffer, report.CSV(report.Daily(s.store.All()))...)
	_, _ = w.Write(buffer)
	buffers.Put(buffer)
}
