import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { certainVerdict, isConstant } from "../../../server/src/analysis/allocates.js";
import type { SiteForm } from "../../../server/src/analysis/site.js";

const verdict = (
  expression: string,
  form: SiteForm = "composite-literal",
  reserved?: "enough" | "perhaps",
  type?: string,
) => {
  const declaredAs = () => type;
  const facts = { isConstant: false, capturesNothing: false, declaredAs, reserved, growsFromEmpty: false };
  return certainVerdict({ form, expression, reason: "returned", ...facts }).allocates;
};

describe("what message and syntax decide alone", () => {
  it("knows that a value without a size needs no memory", () => {
    for (const expression of [
      "[]Row{}",
      "[]interface {}{}",
      "[]struct { n [3]int }{}",
      "struct {}{}",
      "[0]int{}",
      "binary.BigEndian",
    ])
      assert.equal(verdict(expression), "no", expression);
  });

  it("knows what the file declares without a size", () => {
    const of = (expression: string, form: SiteForm, type: string) =>
      verdict(expression, form, undefined, type);
    assert.equal(of("&option{}", "address-of-literal", "struct {}"), "no");
    assert.equal(of("option{}", "composite-literal", "struct{\n}"), "no");
    assert.equal(of("list{}", "composite-literal", "[]int"), "no");
    assert.equal(of("&list{}", "address-of-literal", "[]int"), "unknown");
    assert.equal(of("&option{}", "address-of-literal", "struct{ n int }"), "unknown");
    assert.equal(of("&option{}", "address-of-literal", "other"), "unknown");
  });

  it("leaves what has a size to the machine code", () => {
    for (const expression of ["[]Row{...}", "[]interface {}{...}", "&[]Row{}", "map[string]int{}", "Row{}"])
      assert.equal(verdict(expression), "unknown", expression);
  });

  it("knows a constant by its text, and a conversion by its predeclared type", () => {
    assert.ok(isConstant("int64(5)", "int64(5)"));
    assert.ok(isConstant('string("a")', 'string("a")'));
    assert.ok(isConstant("time.Duration(5)", "timeout"));
    assert.ok(isConstant('go.shape.string("k")', undefined));
    assert.ok(isConstant("go.shape.int(-1)", "F(-1)"));
    assert.ok(!isConstant("go.shape.int(n)", undefined));
    assert.ok(!isConstant("f(5)", "f(5)"));
    assert.ok(!isConstant("int64(n)", "int64(n)"));
  });

  it("knows a constant of a declared type, but not a string that may become bytes", () => {
    assert.ok(isConstant("code(6)", "code(known)", () => "other"));
    assert.ok(isConstant('name("a")', 'name("a")', () => "string"));
    assert.ok(!isConstant('raw("a")', 'raw("a")', () => "[]byte"));
    assert.ok(!isConstant('raw("a")', 'raw("a")', () => "other"));
    assert.ok(!isConstant("code(n)", "code(n)", () => "int"));
    assert.ok(!isConstant("code(6)", undefined, () => "int"));
  });

  it("says on what an append to a reserved slice depends", () => {
    assert.equal(verdict("append", "append", "perhaps"), "sometimes");
    assert.equal(verdict("append", "append", "enough"), "no");
  });
});
