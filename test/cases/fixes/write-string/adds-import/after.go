package p

import (
	"io"
	"net/http"
)

func serve(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	io.WriteString(w, path)
}
