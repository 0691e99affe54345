// Package config reads how the service is to run.
package config

import (
	"fmt"
	"strconv"
	"time"
)

// Config is how the service runs.
type Config struct {
	Address string
	Workers int
	Timeout time.Duration
}

// Option changes a Config.
type Option func(*Config)

// WithWorkers sets the number of workers.
func WithWorkers(n int) Option {
	return func(c *Config) { c.Workers = n }
}

// New returns the defaults, changed by options.
func New(options ...Option) *Config {
	c := &Config{Address: ":8080", Workers: 4, Timeout: 5 * time.Second}
	for _, option := range options {
		option(c)
	}
	return c
}

// FromEnv reads a Config by a function such as os.Getenv.
func FromEnv(getenv func(string) string) (*Config, error) {
	c := New()
	if address := getenv("ORDERS_ADDRESS"); address != "" {
		c.Address = address
	}
	if text := getenv("ORDERS_WORKERS"); text != "" {
		workers, err := strconv.Atoi(text)
		if err != nil {
			return nil, fmt.Errorf("ORDERS_WORKERS: %w", err)
		}
		c.Workers = workers
	}
	return c, nil
}
