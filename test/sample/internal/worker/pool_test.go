package worker

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/orders/internal/order"
)

func TestRun(t *testing.T) {
	orders := []*order.Order{{ID: "1"}, {ID: "2"}, {ID: "bad"}}
	got := Run(2, orders, func(job *Job) error {
		if job.Order.ID == "bad" {
			return errors.New("no")
		}
		return nil
	})
	if got != 2 {
		t.Errorf("handled %d, want 2", got)
	}
}

func TestConcatenate(t *testing.T) {
	var files []string
	for _, text := range []string{"a", "b"} {
		file := filepath.Join(t.TempDir(), text)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	var b strings.Builder
	if err := Concatenate(&b, files); err != nil || b.String() != "ab" {
		t.Errorf("got %q, %v", b.String(), err)
	}
}
