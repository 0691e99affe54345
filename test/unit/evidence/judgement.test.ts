/** Sizes, pairing, and which calls can be a site's. */
import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { AllocationCall, CallKind } from "../../../server/src/evidence/allocationCall.js";
import { isCompatible } from "../../../server/src/evidence/compatibility.js";
import { matchSites } from "../../../server/src/evidence/matching.js";
import { sizeOf } from "../../../server/src/evidence/typeSizes.js";
import { verdictOfAll, verdictOfOne } from "../../../server/src/evidence/verdict.js";

describe("the size of a type", () => {
  const described = new Map([["m.T", { bytes: 40, align: 8 }]]);
  const sizes: Readonly<Record<string, number | undefined>> = {
    int: 8,
    bool: 1,
    string: 16,
    complex64: 8,
    "*m.Unknown": 8,
    "map[string]m.Unknown": 8,
    "[]m.Unknown": 24,
    "interface { M() }": 16,
    "func(m.Unknown) m.Unknown": 8,
    "m.T": 40,
    "m.Unknown": undefined,
    "[3]m.T": 120,
    "[3]m.Unknown": undefined,
    "[0]int": 0,
    "struct {}": 0,
    "struct { a int8; b int64; c int8 }": 24,
    "struct { a int8; b int16; c int32 }": 8,
    "struct { a int64; b struct {} }": 16,
    "noalg.struct { F uintptr; X0 *int; X1 [3]int; X2 bool }": 48,
    'struct { A string "json:\\"a; b\\""; B int }': 24,
    "struct { F func(int, string) error; C chan int }": 16,
    "struct { m.T; x int }": 48,
    "go.shape.struct { X int; Y int }": 16,
  };
  for (const [type, bytes] of Object.entries(sizes)) {
    it(`of ${type} is ${bytes ?? "not known"}`, () => {
      assert.equal(sizeOf(type, described)?.bytes, bytes);
    });
  }
});

describe("pairing", () => {
  const kinds = (edges: readonly (readonly number[])[]) =>
    matchSites(edges).map((match) => (match.kind === "matched" ? match.calls.join(",") : match.kind));

  it("gives a site alone all calls that fit it", () => {
    assert.deepEqual(kinds([[0, 1]]), ["0,1"]);
    assert.deepEqual(kinds([[]]), ["none"]);
  });

  it("tells by the others which call is left", () => {
    assert.deepEqual(kinds([[0, 1], [1]]), ["0", "1"]);
    assert.deepEqual(kinds([[0], [0, 1], [1, 2]]), ["0", "1", "2"]);
  });

  it("leaves open what can be either", () => {
    assert.deepEqual(
      kinds([
        [0, 1],
        [0, 1],
      ]),
      ["0,1", "0,1"],
    );
    assert.deepEqual(kinds([[0], [0]]), ["unclear", "unclear"]);
    assert.deepEqual(kinds([[0], [0], [1]]), ["unclear", "unclear", "1"]);
  });

  it("of a line with very many sites says only what is certain at once", () => {
    const edges = [...Array.from({ length: 100 }, () => [0, 1]), [2]];
    assert.deepEqual(new Set(kinds(edges)), new Set(["unclear", "2"]));
  });
});

const callOf = (
  kind: CallKind,
  type: string | null = null,
  rest: Partial<AllocationCall> = {},
): AllocationCall => ({
  ...{ function: "m.F", file: "/m/a.go", line: 1, call: "runtime.x", kind, type, bytes: null },
  ...{ certainty: "yes", when: null, isCold: false, isShared: false },
  ...rest,
});

describe("a call", () => {
  const own = { package: "m", inlinedFrom: null } as const;
  const fits = (expression: string, kind: CallKind, type: string | null = null) =>
    isCompatible({ ...own, kind: "escapes", form: "other", expression }, callOf(kind, type));

  it("is of a site of its type only", () => {
    assert.ok(fits("&T{...}", "object", "m.T"));
    assert.ok(fits("&http.Request{}", "object", "net/http.Request"));
    assert.ok(!fits("&T{...}", "object", "m.U"));
    assert.ok(!fits("&T{...}", "box", "m.T"));
    assert.ok(fits("&List[go.shape.int]{...}", "object", "m.List[go.shape.int]"));
    assert.ok(!fits("&List[go.shape.int]{...}", "object", "m.List[go.shape.string]"));
    assert.ok(fits("&List[m.T]{...}", "object", "m.List[go.shape.struct { X int }]"));
    assert.ok(fits("new(bytes.Buffer)", "object", "bytes.Buffer"));
    assert.ok(!fits("new(int)", "object", "string"));
  });

  it("of a closure is a function literal's only", () => {
    const closure = "noalg.struct { F uintptr; X0 *int }";
    assert.ok(fits("func literal", "object", closure));
    assert.ok(!fits("&T{...}", "object", closure));
    assert.ok(!fits("func literal", "object", "m.T"));
    assert.ok(
      !isCompatible({ ...own, kind: "moved", form: "variable", expression: "x" }, callOf("object", closure)),
    );
  });

  it("of a type that another package hides is not of a value of the person's own", () => {
    assert.ok(!fits("level", "object", "errors.errorString"));
    assert.ok(fits("level", "object", "m.level"));
    assert.ok(fits("level", "object", "net/url.URL"));
  });

  it("of an array is a slice's", () => {
    assert.ok(fits("... argument", "object", "[3]interface {}"));
    assert.ok(fits("[]int{...}", "object", "[3]int"));
    assert.ok(!fits("[]int{...}", "object", "m.T"));
    assert.ok(fits("make([]byte, 100)", "slice", "uint8"));
    assert.ok(fits("([]byte)(s)", "conversion"));
    assert.ok(!fits("append", "slice", "int"));
    assert.ok(fits("append", "growth", "int"));
    assert.ok(fits("make(map[string]int)", "map"));
    assert.ok(!fits("make(chan int)", "map"));
  });
});

describe("a verdict", () => {
  const convT64 = callOf("box", null, {
    call: "runtime.convT64",
    bytes: 8,
    certainty: "likely",
    when: "value > 255",
  });
  const object = callOf("object", "m.T", { call: "runtime.newobject", bytes: 24 });

  it("of all calls is the surest, with all evidence once", () => {
    const { allocates, evidence } = verdictOfAll([convT64, object, object]);
    assert.equal(allocates, "yes");
    assert.deepEqual(
      evidence.map(({ bytes }) => bytes),
      [8, 24],
    );
  });

  it("of one of several calls claims no more than holds for each", () => {
    assert.deepEqual(verdictOfOne([convT64, object]), { allocates: "likely", when: null, evidence: [] });
    assert.equal(verdictOfOne([object, object]).evidence.length, 1);
  });
});
