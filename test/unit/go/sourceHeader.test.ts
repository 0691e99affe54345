import assert from "node:assert/strict";
import { headerKey, readSourceHeader } from "../../../server/src/go/sourceHeader.js";

describe("the head of a Go file", () => {
  it("has its package, constraints, imports and embeds", () => {
    const text = [
      "\uFEFF// Copyright",
      "//go:build linux && !cgo",
      "// +build linux",
      "",
      '/* import "no" */',
      'package  p // import "no"',
      "",
      'import "fmt"; import . "strings"',
      "import (",
      '\t"os"',
      "\t_ `embed` // why",
      '\tγ "example.com/γ/v2"',
      ")",
      "//go:build ignore",
      "//go:embed a.txt b/*",
      "\t//go:embed no.txt",
      "var s string",
      'const t = `\nimport "no"`',
    ].join("\r\n");
    assert.deepEqual(readSourceHeader(text), {
      packageName: "p",
      constraints: ["//go:build linux && !cgo", "// +build linux"],
      imports: ["fmt", "strings", "os", "embed", "example.com/γ/v2"],
      embeds: ["a.txt b/*"],
      complete: true,
    });
  });

  it("is read as far as it goes while somebody types in it", () => {
    const read = (text: string) => {
      const { packageName, imports, complete } = readSourceHeader(text);
      return [packageName, imports, complete];
    };
    assert.deepEqual(read(""), ["", [], false]);
    assert.deepEqual(read("pack"), ["", [], false]);
    assert.deepEqual(read("packagep"), ["", [], false]);
    assert.deepEqual(read("package p"), ["p", [], true]);
    assert.deepEqual(read('package p\nimport "fm\nfunc F() {}'), ["p", [], false]);
    assert.deepEqual(read('package p\nimport (\n\t"a"\n\t"b\n)\nfunc F() {}'), ["p", ["a"], false]);
    assert.deepEqual(read('package p\nimport (\n\t"a"\n'), ["p", ["a"], false]);
    assert.deepEqual(read('package p\nimport "a"\nimp'), ["p", ["a"], false]);
    assert.deepEqual(read("package p\n/* open"), ["p", [], true]);
    assert.deepEqual(read("package p\nimportant := 1"), ["p", [], false]);
  });

  it("has the same key when what it says is the same", () => {
    const key = (text: string) => headerKey(readSourceHeader(text));
    const base = key('package p\nimport ("b"; "a")\nfunc F() {}');
    assert.equal(key('// x\npackage p\nimport "a"\nimport x "b"\nvar y int'), base);
    assert.notEqual(key('package q\nimport ("b"; "a")\n'), base);
    assert.notEqual(key('package p\nimport "a"\n'), base);
    assert.notEqual(key('//go:build x\n\npackage p\nimport ("b"; "a")\n'), base);
    assert.notEqual(key('package p\nimport ("b"; "a")\n//go:embed x\nvar s string\n'), base);
  });
});
