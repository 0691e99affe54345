package httpapi

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/orders/internal/store"
)

func request(handler http.Handler, method, target, body string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, httptest.NewRequest(method, target, strings.NewReader(body)))
	return recorder
}

func TestOrders(t *testing.T) {
	handler := Handler(store.NewMemory())
	body := `{"ID":"1","Customer":"ada","Lines":[{"SKU":"pen","Quantity":2,"Price":50}]}`
	if got := request(handler, http.MethodPost, "/order", body).Code; got != http.StatusCreated {
		t.Fatalf("POST = %d", got)
	}
	if got := request(handler, http.MethodGet, "/order?customer=ada&id=1", "").Code; got != http.StatusOK {
		t.Errorf("GET = %d", got)
	}
	if got := request(handler, http.MethodGet, "/order?customer=ada&id=2", "").Code; got != http.StatusNotFound {
		t.Errorf("GET of an unknown order = %d", got)
	}
	if got := request(handler, http.MethodGet, "/report", "").Body.String(); got != "order,total\n1,100\n" {
		t.Errorf("report = %q", got)
	}
	if got := request(handler, http.MethodPost, "/order", "{}").Code; got != http.StatusUnprocessableEntity {
		t.Errorf("POST of an empty order = %d", got)
	}
}
