/** The programs in docs/reasons do what their pages say: they are taken out, checked, and their allocations measured. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type ReasonCode, reasonCodes } from "../../server/src/analysis/reasonCodes.js";
import { type TestModule, testModule } from "../harness/module.js";
import { root, serverOut } from "../harness/paths.js";

/** Codes of what the compiler reports although nothing is allocated, or only at a panic: no second program is needed. */
const free: readonly ReasonCode[] = ["panic-argument", "boxed-constant", "zero-size"];

/** Minor of the first Go version whose compiler gives a reason, where that is not the oldest one supported. */
const since: Readonly<Partial<Record<ReasonCode, number>>> = { "zero-size": 25 };

interface Page {
  readonly code: ReasonCode;
  /** The program, and the one that allocates less, where there is one. */
  readonly programs: readonly string[];
  /** What the page says one call allocates, by program. */
  readonly allocations: readonly number[];
  /** Go's version of the measurement: `1.26`. */
  readonly go: string;
}

describe("the pages of the reasons", () => {
  const pages = reasonCodes.map(readPage);
  let module: TestModule;

  before(() => {
    module = testModule({
      "go.mod": "module example.com/reasons\n\ngo 1.21\n",
      // What is off by default is looked for as well.
      ".escapelens.json": '{ "severity": { "map-growth": "hint" } }\n',
      ...sources(pages),
    });
  });

  after(() => {
    module.dispose();
  });

  it("have a program, and one that allocates less where something is allocated", () => {
    for (const { code, programs, allocations } of pages) {
      const expected = free.includes(code) ? 1 : 2;
      assert.deepEqual([programs.length, allocations.length], [expected, expected], code);
    }
  });

  it("show programs in which the tool finds the reason", () => {
    const check = spawnSync(
      process.execPath,
      [path.join(serverOut, "cli.js"), "check", "--format=json", "./..."],
      { cwd: module.dir, encoding: "utf8", maxBuffer: 2 ** 26 },
    );
    const { go, sites } = JSON.parse(check.stdout) as {
      go: string;
      sites: { file: string; reason: string }[];
    };
    const minor = Number(/^go1\.(\d+)/.exec(go)?.[1]);
    for (const { code } of pages.filter((page) => minor >= (since[page.code] ?? 0))) {
      const file = `${folderOf(code, 0)}/example.go`;
      const found = sites.filter((site) => site.file === file).map(({ reason }) => reason);
      assert.ok(found.includes(code), `${code}: found ${found.join(", ")}`);
    }
  });

  it("give the allocations that are measured", () => {
    const [version = "", ...lines] = run(module, ["run", "./measure"]).trim().split("\n");
    const measured = new Map(lines.map((line) => line.split(" ") as [string, string]));
    for (const { code, programs, allocations, go } of pages) {
      const counts = programs.map((_program, index) => Number(measured.get(folderOf(code, index))));
      const [first = NaN, second] = counts;
      if (free.includes(code)) assert.equal(first, 0, code);
      else assert.ok(second !== undefined && second < first, `${code}: ${counts.join(" → ")}`);
      // Other versions of Go optimize more or less than the one that the page was written with.
      if (version.startsWith(`go${go}.`)) assert.deepEqual(counts, allocations, code);
    }
  });
});

function readPage(code: ReasonCode): Page {
  const text = readFileSync(path.join(root, "docs", "reasons", `${code}.md`), "utf8");
  const rows = [...text.matchAll(/^\| (?:as it is|before|after) \| (\d+) \| \d+ \|$/gm)];
  return {
    code,
    programs: [...text.matchAll(/^```go\n(.*?)^```$/gms)].map(([, program]) => program ?? ""),
    allocations: rows.map(([, count]) => Number(count)),
    go: /^Measured with Go (1\.\d+) /m.exec(text)?.[1] ?? "",
  };
}

/** The programs as packages of one module, and a command that measures them all: linking one by one would take long. */
function sources(pages: readonly Page[]): Record<string, string> {
  const folders = pages.flatMap(({ code, programs }) =>
    programs.map((_program, index) => folderOf(code, index)),
  );
  const files = pages.flatMap(({ code, programs }) =>
    programs.map((program, index) => [`${folderOf(code, index)}/example.go`, program] as const),
  );
  return { ...Object.fromEntries(files), "measure/main.go": measureProgram(folders) };
}

function folderOf(code: string, index: number): string {
  return `${index === 0 ? "before" : "after"}/${code.replaceAll("-", "")}`;
}

function measureProgram(folders: readonly string[]): string {
  const imports = folders.map((folder, index) => `\tp${index} "example.com/reasons/${folder}"`);
  const calls = folders.map((folder, index) => `\tmeasure("${folder}", func() { p${index}.Op() })`);
  return `package main

import (
	"fmt"
	"runtime"
	"testing"

${imports.join("\n")}
)

func main() {
	fmt.Println(runtime.Version())
${calls.join("\n")}
}

func measure(name string, op func()) { fmt.Println(name, testing.AllocsPerRun(1000, op)) }
`;
}

function run(module: TestModule, args: readonly string[]): string {
  return execFileSync("go", args, { cwd: module.dir, encoding: "utf8" });
}
