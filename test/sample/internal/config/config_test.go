package config

import "testing"

func TestFromEnv(t *testing.T) {
	env := map[string]string{"ORDERS_WORKERS": "7"}
	c, err := FromEnv(func(name string) string { return env[name] })
	if err != nil || c.Workers != 7 || c.Address != ":8080" {
		t.Errorf("got %+v, %v", c, err)
	}
	env["ORDERS_WORKERS"] = "many"
	if _, err := FromEnv(func(name string) string { return env[name] }); err == nil {
		t.Error("no error for a word")
	}
}

func TestOptions(t *testing.T) {
	if got := New(WithWorkers(2)).Workers; got != 2 {
		t.Errorf("Workers = %d", got)
	}
}
