import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import { FileEdits } from "../../../server/src/fixes/edits.js";
import type { FixInput } from "../../../server/src/fixes/fix.js";
import { FileImports } from "../../../server/src/fixes/imports.js";
import { Refused } from "../../../server/src/fixes/refusal.js";
import { packageUses } from "../../../server/src/syntax/imports.js";
import { SourceText } from "../../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../../server/src/syntax/treeSitter.js";
import { serverOut } from "../../harness/paths.js";
import { fakeSite, fakeSnapshot } from "../../compiler/fixes/fakeSites.js";

const file = "/p/p.go";

/** What becomes of the imports when the function's body uses `add` and no longer uses `drop`. */
function edited(source: string, add: string[], drop: string[] = []): string {
  const snapshot = fakeSnapshot({ [file]: source });
  const site = fakeSite(snapshot, file, "here");
  const input: FixInput = { site, snapshot, sites: [], goMinor: 26, filesBeside: new Map() };
  const textEdits = withTree(new SourceText(source), (tree) => {
    const edits = new FileEdits(tree);
    const imports = new FileImports(input, tree);
    const at = tree.root.namedDescendantForIndex(source.indexOf("here"), source.indexOf("here") + 4)!;
    for (const path of add) imports.qualifier(path, at);
    for (const name of drop) for (const use of packageUses(tree, name)) imports.drop(use);
    imports.write(edits);
    return edits.toTextEdits();
  });
  return applyEdit(new Map([[file, textEdits]]), snapshot).get(file)!.text;
}

const body = "\nfunc here() {}\n";

interface Case {
  readonly name: string;
  readonly imports: string;
  readonly add?: string[];
  readonly drop?: string[];
  readonly body?: string;
  readonly expected: string;
}

const cases: Case[] = [
  {
    name: "no import",
    imports: "package p\n",
    add: ["strconv"],
    expected: 'package p\n\nimport "strconv"\n',
  },
  {
    name: "no import, a comment behind the clause",
    imports: "package p // of parts\n",
    add: ["strconv"],
    expected: 'package p // of parts\n\nimport "strconv"\n',
  },
  {
    name: "a single import",
    imports: 'package p\n\nimport "fmt"\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t"fmt"\n\t"strconv"\n)\n',
  },
  {
    name: "a single import that sorts behind",
    imports: 'package p\n\nimport "os"\n',
    add: ["errors"],
    expected: 'package p\n\nimport (\n\t"errors"\n\t"os"\n)\n',
  },
  {
    name: "a single import of another module",
    imports: 'package p\n\nimport "example.com/x"\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t"strconv"\n\n\t"example.com/x"\n)\n',
  },
  {
    name: "a single import that goes",
    imports: 'package p\n\nimport "fmt"\n',
    body: "\nfunc here() { fmt.Println() }\n",
    add: ["strconv"],
    drop: ["fmt"],
    expected: 'package p\n\nimport "strconv"\n',
  },
  {
    name: "the only import goes",
    imports: 'package p\n\nimport "fmt"\n',
    body: "\nfunc here() { fmt.Println() }\n",
    drop: ["fmt"],
    expected: "package p\n",
  },
  {
    name: "an import that is still used",
    imports: 'package p\n\nimport "fmt"\n',
    body: '\nvar kept = fmt.Sprint("kept")\n\nfunc here() {}\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t"fmt"\n\t"strconv"\n)\n',
  },
  {
    name: "single imports beside each other",
    imports: 'package p\n\nimport "fmt"\nimport "os"\n',
    add: ["strconv"],
    expected: 'package p\n\nimport "fmt"\nimport "os"\nimport "strconv"\n',
  },
  {
    name: "a group, sorted",
    imports: 'package p\n\nimport (\n\t"fmt"\n\t"os"\n\t"time"\n)\n',
    add: ["strconv", "encoding/hex"],
    expected: 'package p\n\nimport (\n\t"encoding/hex"\n\t"fmt"\n\t"os"\n\t"strconv"\n\t"time"\n)\n',
  },
  {
    name: "a group, one for another",
    imports: 'package p\n\nimport (\n\t"fmt"\n\t"os"\n)\n',
    body: "\nfunc here() { fmt.Println() }\n",
    add: ["strconv"],
    drop: ["fmt"],
    expected: 'package p\n\nimport (\n\t"os"\n\t"strconv"\n)\n',
  },
  {
    name: "comments behind imports stay in line",
    imports: 'package p\n\nimport (\n\t"fmt" // prints\n\t"os"  // exits\n)\n',
    add: ["path/filepath"],
    expected: 'package p\n\nimport (\n\t"fmt" // prints\n\t"os"  // exits\n\t"path/filepath"\n)\n',
  },
  {
    name: "groups: the standard library's one",
    imports: 'package p\n\nimport (\n\t"example.com/a"\n\n\t"fmt"\n)\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t"example.com/a"\n\n\t"fmt"\n\t"strconv"\n)\n',
  },
  {
    name: "groups: one that becomes empty",
    imports: 'package p\n\nimport (\n\t"fmt"\n\n\t"example.com/a"\n)\n',
    body: "\nfunc here() { fmt.Println() }\n",
    drop: ["fmt"],
    expected: 'package p\n\nimport (\n\t"example.com/a"\n)\n',
  },
  {
    name: "groups: the last one becomes empty",
    imports: 'package p\n\nimport (\n\t"example.com/a"\n\n\t"fmt"\n)\n',
    body: "\nfunc here() { fmt.Println() }\n",
    drop: ["fmt"],
    expected: 'package p\n\nimport (\n\t"example.com/a"\n)\n',
  },
  {
    name: "groups: the only spec of its group is replaced",
    imports: 'package p\n\nimport (\n\t"fmt"\n\n\t"example.com/a"\n)\n',
    body: "\nfunc here() { fmt.Println() }\n",
    add: ["strconv"],
    drop: ["fmt"],
    expected: 'package p\n\nimport (\n\t"strconv"\n\n\t"example.com/a"\n)\n',
  },
  {
    name: "groups: none of the standard library",
    imports: 'package p\n\nimport (\n\t"example.com/a"\n\t"example.com/b"\n)\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t"strconv"\n\n\t"example.com/a"\n\t"example.com/b"\n)\n',
  },
  {
    name: "an alias",
    imports: 'package p\n\nimport conv "strconv"\n',
    add: ["strconv"],
    expected: 'package p\n\nimport conv "strconv"\n',
  },
  {
    name: "dot and blank imports give no name",
    imports: 'package p\n\nimport (\n\t. "fmt"\n\t_ "strconv"\n)\n',
    add: ["strconv"],
    expected: 'package p\n\nimport (\n\t. "fmt"\n\t"strconv"\n\t_ "strconv"\n)\n',
  },
  {
    name: "cgo's import stays alone",
    imports: 'package p\n\n// int x;\nimport "C"\n',
    add: ["strconv"],
    expected: 'package p\n\n// int x;\nimport "C"\n\nimport "strconv"\n',
  },
  {
    name: "CRLF",
    imports: 'package p\r\n\r\nimport "fmt"\r\n',
    add: ["strconv"],
    expected: 'package p\r\n\r\nimport (\r\n\t"fmt"\r\n\t"strconv"\r\n)\r\n',
  },
];

describe("imports of a fix", () => {
  before(() => initializeSyntax(serverOut));

  for (const { name, imports, expected, add = [], drop = [], body: rest = body } of cases) {
    it(name, () => {
      const actual = edited(imports + rest, add, drop);
      assert.equal(actual, expected + rest);
      const input = actual.replaceAll("\r\n", "\n");
      const isPlain = !rest.includes("{ fmt");
      if (isPlain) assert.equal(execFileSync("gofmt", { input, encoding: "utf8" }), input);
    });
  }

  it("refuses a name that means something else", () => {
    const taken = [
      "package p\n\nfunc here(strconv int) {}\n",
      "package p\n\nfunc here() { strconv := 1; _ = strconv }\n",
      "package p\n\nvar strconv = 1\n\nfunc here() {}\n",
      'package p\n\nimport strconv "example.com/conv"\n\nfunc here() {}\n',
      'package p\n\nimport "example.com/strconv"\n\nfunc here() {}\n',
    ];
    for (const source of taken) assert.throws(() => edited(source, ["strconv"]), Refused, source);
  });
});
