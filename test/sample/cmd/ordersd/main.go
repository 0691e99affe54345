// Command ordersd serves orders.
package main

import (
	"log"
	"net/http"
	"os"

	"example.com/orders/internal/config"
	"example.com/orders/internal/httpapi"
	"example.com/orders/internal/store"
)

func main() {
	cfg, err := config.FromEnv(os.Getenv)
	if err != nil {
		log.Fatal(err)
	}
	server := http.Server{
		Addr:              cfg.Address,
		Handler:           httpapi.Handler(store.NewMemory()),
		ReadHeaderTimeout: cfg.Timeout,
	}
	log.Printf("serving orders on %s", cfg.Address)
	log.Fatal(server.ListenAndServe())
}
