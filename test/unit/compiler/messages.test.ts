import assert from "node:assert/strict";
import { parseMessage } from "../../../server/src/compiler/messages.js";

/** The message as printed behind `file:line:col:`, and what it must be read as. */
const cases: Readonly<Record<string, unknown>> = {
  " moved to heap: u": { kind: "heap", form: "moved", text: "u" },
  " &User{...} escapes to heap": { kind: "heap", form: "escapes", text: "&User{...}" },
  ' " escapes to heap" escapes to heap': { kind: "heap", form: "escapes", text: '" escapes to heap"' },
  " append escapes to heap": { kind: "heap", form: "escapes", text: "append" },
  " make([]int, n) does not escape": { kind: "stack", text: "make([]int, n)" },
  " leaking param: u": { kind: "leak", name: "u", content: false, result: undefined },
  " leaking param content: b": { kind: "leak", name: "b", content: true, result: undefined },
  " leaking param: p to result ~r0 level=1": {
    kind: "leak",
    name: "p",
    content: false,
    result: { name: "~r0", level: 1 },
  },
  " u escapes to heap:": { kind: "explanation", text: "u", function: undefined },
  " u escapes to heap in (*T).m.func1:": { kind: "explanation", text: "u", function: "(*T).m.func1" },
  ' "x escapes to heap in y:" escapes to heap in f:': {
    kind: "explanation",
    text: '"x escapes to heap in y:"',
    function: "f",
  },
  " parameter t leaks to {heap} with derefs=0:": {
    kind: "leak-explanation",
    name: "t",
    to: "{heap}",
    function: undefined,
    derefs: 0,
  },
  " parameter t leaks to {heap} for F with derefs=2:": {
    kind: "leak-explanation",
    name: "t",
    to: "{heap}",
    function: "F",
    derefs: 2,
  },
  "   flow: ~r0 = &u:": { kind: "flow", to: "~r0", operators: "&", from: "u" },
  "   flow: ~r0 ← &u:": { kind: "flow", to: "~r0", operators: "&", from: "u" },
  "   flow: {heap} = **x:": { kind: "flow", to: "{heap}", operators: "**", from: "x" },
  '   flow: {storage for "a = b"} = &{storage for 3}:': {
    kind: "flow",
    to: '{storage for "a = b"}',
    operators: "&",
    from: "{storage for 3}",
  },
  "     from &u (address-of) at a/a.go:3:34": {
    kind: "step",
    text: "&u",
    reason: "address-of",
    place: "a/a.go:3:34",
  },
  "     from f(x, (y)) (call parameter) at a.go:3": {
    kind: "step",
    text: "f(x, (y))",
    reason: "call parameter",
    place: "a.go:3",
  },
  '     from " (x) at " (spill) at <unknown line number>': {
    kind: "step",
    text: '" (x) at "',
    reason: "spill",
    place: "<unknown line number>",
  },
  "   warning: truncated explanation due to assignment cycle; see golang.org/issue/35518": {
    kind: "truncated",
  },
  " inlining call to errors.New": { kind: "inlined-call", callee: "errors.New" },
  " inlining call to f with score -10": { kind: "inlined-call", callee: "f" },
  " can inline (*T).m": { kind: "inline", function: "(*T).m", cost: undefined, obstacle: undefined },
  " can inline New with cost 8 as: func() *U { u := U{}; return &u }": {
    kind: "inline",
    function: "New",
    cost: 8,
    obstacle: undefined,
  },
  " cannot inline TestA: function too complex: cost 85 exceeds budget 80": {
    kind: "inline",
    function: "TestA",
    cost: 85,
    obstacle: "function too complex: cost 85 exceeds budget 80",
  },
  " cannot inline f into g: repeated recursive cycle": {
    kind: "inline",
    function: "f",
    cost: undefined,
    obstacle: "into g: repeated recursive cycle",
  },
  " Counter capturing by ref: count (addr=false assign=true width=8)": {
    kind: "capture",
    function: "Counter",
    byReference: true,
    variable: "count",
    addressTaken: false,
    reassigned: true,
    width: 8,
  },
  " f ignoring self-assignment in b.buf = b.buf[:0]": { kind: "note" },
  " zero-copy string->[]byte conversion": { kind: "note" },
  " devirtualizing x.M to *T": { kind: "note" },
  " index bounds check elided": { kind: "note" },
  " function main.f considered 'big'; reducing max cost of inlinees": { kind: "note" },
  " x will be kept alive": { kind: "note" },
  ' cannot use "x" (untyped string constant) as int value in return statement': undefined,
  " something that no compiler says": undefined,
  "": undefined,
};

describe("parseMessage", () => {
  for (const [message, expected] of Object.entries(cases)) {
    it(JSON.stringify(message), () => {
      assert.deepEqual(parseMessage(message), expected);
    });
  }
});
