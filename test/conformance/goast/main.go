// Command goast says which Go syntax a message of the compiler's escape analysis is about. It knows nothing of the
// language server: it finds the node with go/ast and the compiler's rules for positions, so that the two can be compared.
//
// It reads one JSON request a line from standard input and answers each with one line on standard output.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
)

// A Request is one message: its place and the compiler's rendering.
type Request struct {
	File string `json:"file"`
	// Line and Column count from 1, Column in bytes.
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
	// Kind is "moved" or "escapes".
	Kind string `json:"kind"`
}

// An Answer is the node's range in bytes of the file, and what it is. Kind is empty when there is no such node.
type Answer struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"`
}

func main() {
	log.SetFlags(0)
	files := map[string]*file{}
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<24)
	out := bufio.NewWriter(os.Stdout)
	for lines.Scan() {
		var request Request
		if err := json.Unmarshal(lines.Bytes(), &request); err != nil {
			log.Fatal(err)
		}
		f := files[request.File]
		if f == nil {
			var err error
			if f, err = readFile(request.File); err != nil {
				log.Fatal(err)
			}
			files[request.File] = f
		}
		answer, err := json.Marshal(f.answer(request))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintf(out, "%s\n", answer)
	}
	if err := lines.Err(); err != nil {
		log.Fatal(err)
	}
	if err := out.Flush(); err != nil {
		log.Fatal(err)
	}
}
