/** What a program prints before and after all its formatting has been replaced: every verb, type and edge of its values. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { applyEdit } from "../../../server/src/analysis/applyEdit.js";
import { Verdicts } from "../../../server/src/analysis/verdicts.js";
import { FixOffers } from "../../../server/src/fixes/offers.js";
import { testModule } from "../../harness/module.js";
import { analyzeFile, noSignal } from "./caseModule.js";

/** Verbs by Go type, with values that reach the edges. */
const rows: readonly { type: string; verbs: string; values: string }[] = [
  { type: "int", verbs: "d v x b o", values: "0, -1, 1000, -1 << 63, 1<<63 - 1" },
  { type: "uint16", verbs: "c d", values: "65, 8364, 0xd800, 0xffff" },
  { type: "int16", verbs: "c", values: "-1, 300, 32767" },
  { type: "int32", verbs: "c d", values: "-1, 0x10ffff, 0x7fffffff, 0xd800, 'é'" },
  { type: "uint32", verbs: "c x", values: "0x80000000, 0x110000, 8364" },
  { type: "int64", verbs: "d x", values: "-1 << 63, 255, 256" },
  { type: "uint64", verbs: "d v x b o", values: "0, 1<<64 - 1, 1000" },
  { type: "uintptr", verbs: "d v x", values: "0, 1 << 40" },
  { type: "string", verbs: "s v q x", values: '"", "a\\"b`\\n\\x00\\xff\\u202e", "日本"' },
  { type: "[]byte", verbs: "s x", values: 'nil, []byte("a\\xffb"), []byte{}' },
  { type: "bool", verbs: "t v", values: "true, false" },
  {
    type: "float64",
    verbs: "v g e f .3f .0f .5g .2e",
    values: "0, math.Copysign(0, -1), 1e6, 1e20, 1e21, 1e-5, 0.1, math.Inf(1), math.Inf(-1), math.NaN(), 2.5",
  },
  { type: "float32", verbs: "v g f", values: "0.1, 16777216, 1e21, float32(math.Inf(-1))" },
  { type: "level", verbs: "d v x", values: "-3, 100000" },
  { type: "label", verbs: "s v q", values: '"", "a b"' },
  { type: "ratio", verbs: "v .1f", values: "0.25, 1e30" },
];

/** A function for up to four verbs of each type; the string before them makes a gain of every one. */
function program(): { source: string; count: number } {
  const functions: string[] = [];
  const calls: string[] = [];
  for (const [index, { type, verbs, values }] of rows.entries()) {
    const all = verbs.split(" ");
    for (let from = 0; from < all.length; from += 4) {
      const name = `f${index}x${from}`;
      const chosen = all.slice(from, from + 4);
      const format = ["%s", ...chosen.map((verb) => `%${verb}`)].join("|%%");
      const operands = chosen.map(() => "v").join(", ");
      functions.push(
        `func ${name}(v ${type}, s string) string {\n\treturn fmt.Sprintf("${format}", s, ${operands})\n}\n`,
      );
      calls.push(
        `\tfor _, v := range []${type}{${values}} {\n\t\tout.WriteString(${name}(v, "p") + "\\n")\n\t}\n`,
      );
    }
  }
  const source = `package p

import (
	"fmt"
	"math"
	"strings"
)

type level int

type label string

type ratio float32

var _ = math.Pi

func All() string {
	var out strings.Builder
${calls.join("")}	return out.String() + list(1, -2, "x", "y", 'z') + line(7, "s") + pair(3, "a")
}

func list(a, b int, s, t string, r rune) string { return fmt.Sprint(a, b, s, t, r, a) }

func line(n int, s string) string { return fmt.Sprintln(s, n, s, n) }

func pair(n int, s string) string { return fmt.Sprint(s, n, n, s) }

${functions.join("\n")}`;
  return { source, count: functions.length + 3 };
}

const runner = `package main

import (
	"os"

	p "example.com/m"
)

func main() { os.Stdout.WriteString(p.All()) }
`;

describe("formatting without package fmt", function () {
  this.timeout(300_000);

  it("prints the same characters", async () => {
    const { source, count } = program();
    const module = testModule({ "p.go": source, "run/run.go": runner });
    try {
      const output = () =>
        execFileSync("go", ["run", "./run"], { cwd: module.dir, encoding: "utf8", stdio: "pipe" });
      const before = output();
      const fixed = await replaceAll(module.path("p.go"), (text) => module.write("p.go", text));
      assert.equal(fixed, count);
      assert.equal(output(), before);
    } finally {
      module.dispose();
    }
  });
});

/** Applies the fix for each call of package fmt in a file; returns how many there were. */
async function replaceAll(file: string, write: (text: string) => void): Promise<number> {
  for (let fixed = 0; ; fixed++) {
    const analyzed = await analyzeFile(file);
    const offered = new FixOffers(new Verdicts({ recompile: analyzed.recompile, limit: 2 }));
    const sites = analyzed.sites.filter((site) => site.callee?.startsWith("fmt.") === true);
    let edit;
    for (const site of sites) {
      const { offers } = await offered.of(site, analyzed, noSignal);
      edit = offers.find(({ proposal }) => proposal.fix === "format-string")?.proposal.edit;
      if (edit !== undefined) break;
    }
    if (edit === undefined) return fixed;
    write(applyEdit(edit, analyzed.snapshot).get(file)!.text);
  }
}
