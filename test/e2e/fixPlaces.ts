/** Where a person would ask for each fix: one of its own cases (test/cases/fixes), and the code to put the cursor on. */
import type { FixId } from "../../server/src/fixes/fix.js";

export interface FixPlace {
  /** Name of the case. */
  readonly name: string;
  /** The cursor stands before the first of these in before.go. */
  readonly at: string;
  /** What the menu calls it, without the effect. */
  readonly title: string;
}

export const fixPlaces: Readonly<Record<FixId, FixPlace>> = {
  "array-field": {
    name: "literal",
    at: "make([]int, 64)",
    title: "Make an array `[64]int` of the field `buf`",
  },
  "capture-copy": { name: "large", at: "b := range", title: "Give the function literal a copy of `b.id`" },
  "defer-in-loop": {
    name: "literal",
    at: "func() { m.Unlock() }()",
    title: "Run the loop's body as a function literal, with its deferred calls",
  },
  "errors-as": { name: "assertion", at: "nf *NotFound", title: "Replace `errors.As` with a type assertion" },
  "errors-new": { name: "percent", at: "fmt.Errorf(", title: "Replace `fmt.Errorf` with `errors.New`" },
  "fixed-array": {
    name: "make",
    at: "make([]byte, 100_000)",
    title: "Convert to a fixed array `[100_000]byte` on the stack",
  },
  "format-string": {
    name: "concatenation",
    at: "id, role)\n}",
    title: "Replace `fmt.Sprintf` with a concatenation",
  },
  "grow-buffer": { name: "bytes", at: "WriteByte", title: "Reserve `len(s)` bytes in `b`" },
  "hoist-error": {
    name: "new",
    at: "New(",
    title: "Make a package variable `errRecordNotFound` of the error",
  },
  "hoist-target": {
    name: "unmarshal",
    at: "c config",
    title: "Declare `c` before the loop, and reset in each turn",
  },
  "json-encoder": { name: "checked", at: "u)\n", title: "Encode to `w` with json.NewEncoder" },
  "method-value": { name: "package-variable", at: "c.add)", title: "Call `c.add` in a function literal" },
  "outlives-loop": { name: "inside", at: "s\n\t\tsink", title: "Declare `held` in the loop" },
  "pass-value": { name: "goroutine", at: "j := Job", title: "Pass `j` by value" },
  "pool-buffer": { name: "variable", at: "buf bytes.Buffer", title: "Take `buf` from a pool of buffers" },
  "pool-pointer": { name: "one-line", at: "b)\n}", title: "Keep pointers `*[]byte` in `pool`" },
  "pool-target": { name: "unmarshal", at: "t T", title: "Take `t` from a pool" },
  "preallocate-map": {
    name: "literal",
    at: "map[string]bool{}",
    title: "Make `seen` with room for `len(names)` entries, the most it can need",
  },
  "preallocate-slice": {
    name: "range-local",
    at: "append(out, x*2)",
    title: "Preallocate `out` with capacity `len(xs)`",
  },
  "range-element": {
    name: "one-use",
    at: "v := range",
    title: "Take the address of `items[i]` instead of the copy `v`",
  },
  "return-array": {
    name: "make",
    at: "make([]byte, 32)",
    title: "Return an array `[32]byte` from `hash` instead of a slice",
  },
  "return-value": { name: "local", at: "u := user", title: "Return `user` from `newUser` by value" },
  "sort-func": { name: "integers", at: "s, func", title: "Sort with `slices.Sort`" },
  "stack-buffer": {
    name: "bound-min",
    at: "make([]byte, n)",
    title: "Use an array of 64 elements on the stack: `n` is never more",
  },
  "string-builder": { name: "initial-text", at: '" " + x', title: "Build `s` with a `strings.Builder`" },
  "struct-key": { name: "local", at: "p.x, p.y", title: "Use a struct as the key of `seen`" },
  suppress: { name: "plain", at: "n := 1", title: "Allow this allocation, with a reason" },
  "write-string": { name: "file", at: "[]byte(text)", title: "Write the string with `w.WriteString`" },
};
