import { before, describe, it } from "mocha";
import { initializeSyntax } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { checkMarks } from "./marked.js";

describe("anchors of variables", () => {
  before(() => initializeSyntax(serverOut));

  it("underlines parameters, receivers, results and locals at their declarations", () => {
    checkMarks(`package p

type User struct{ Name string }

var sink any

func moved(param User) *User { // want parameter "param"
	var local User // want variable "local"
	a, b := 1, 2   // want variable "b"
	sink = &b
	_ = a
	sink = &local
	return &param
}

func named() (result User, _ error) { // want result "result"
	sink = &result
	return
}

func (u User) receiver() *User { return &u } // want receiver "u"

func captured() func() int {
	count := 0          // want variable "count"
	return func() int { // want func-literal "func() int"
		inner := count // want variable "inner"
		sink = &inner
		count++
		return count
	}
}
`);
  });

  it("underlines loop and select variables", () => {
    checkMarks(`package p

var sink any

func loops(users []string, ch chan int) {
	for i, user := range users { // want range-variable "i" range-variable "user"
		sink = &user
		sink = &i
	}
	for n := 0; n < 3; n++ { // want variable "n"
		sink = &n
	}
	select {
	case got, ok := <-ch: // want select-variable "got"
		sink = &got
		_ = ok
	}
}
`);
  });

  it("underlines the clause's last type for the variable of a type switch", () => {
    checkMarks(`package p

import "fmt"

type User struct{}

func typed(v any) any {
	switch t := v.(type) {
	case int, *User: // want type-switch-variable "*User"
		return &t
	case []string: // want type-switch-variable "[]string"
		return &t
	case map[string][]int: // want type-switch-variable "map[string][]int"
		return &t
	case fmt.Stringer: // want type-switch-variable "fmt.Stringer"
		return &t
	case nil: // want type-switch-variable "nil"
		return &t
	default: // want type-switch-variable "default"
		return &t
	}
}
`);
  });

  it("gives the variables of generic functions once, and their copies to the function's name", () => {
    checkMarks(`package p

type Box[T any] struct{ v T }

func (b Box[T]) Of(v T) *T { return &v } // want parameter "v"

func of[T any](v T) *T { return &v } // want parameter "v"

var sink any

func use(n int) {
	sink = Box[int]{}.Of(1) // want inlined-call "Of"
	sink = of[int](n)       // want inlined-call "of"
	sink = of[[]int](nil)   // want inlined-call "of"
	sink = of(n)            // want inlined-call "of"
}
`);
  });
});
