package p

import (
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	w.Write([]byte(path))
}
