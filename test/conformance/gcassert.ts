/**
 * gcassert's own test cases (github.com/jordanlewis/gcassert, testdata): does the check give the same verdicts? Prints what
 * differs, and fails where anything does. Usage: node test/out/conformance/gcassert.mjs
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { serverOut } from "../harness/paths.js";
import { realModule } from "../harness/realModule.js";

const name = "github.com/jordanlewis/gcassert@v0.0.0-20250430164644-389ef753e22e";

/** A directive that gcassert does not know is placed on the code that it stands at, and by us on itself. */
const ownPlaces: ReadonlyMap<string, string> = new Map([
  ["bad_directive.go:3 directive", "bad_directive.go:4 directive"],
  ["bad_directive.go:7 directive", "bad_directive.go:8 directive"],
  ["bad_directive.go:11 directive", "bad_directive.go:12 directive"],
]);

const module = realModule(name);
try {
  const expected = expectedVerdicts(readFileSync(path.join(module.dir, "gcassert_test.go"), "utf8"));
  const actual = actualVerdicts(module.dir);
  const lost = expected.filter((verdict) => !actual.includes(verdict));
  const extra = actual.filter((verdict) => !expected.includes(verdict));
  for (const verdict of lost) console.log(`  lost   ${verdict}`);
  for (const verdict of extra) console.log(`  extra  ${verdict}`);
  console.log(`${name}: ${expected.length} verdicts, ${lost.length} lost, ${extra.length} extra`);
  process.exitCode = expected.length > 0 && lost.length + extra.length === 0 ? 0 : 1;
} finally {
  module.dispose();
}

/** `file:line kind` of each line that gcassert's test expects; what it prints between may have several lines. */
function expectedVerdicts(test: string): string[] {
  const text = /expectedOutput := `([^`]*)`/.exec(test)?.[1] ?? "";
  const pattern =
    /^testdata\/(\w+\.go:\d+):\t[^]*?: (unknown directive|.* escapes to heap:|Found Is|call was not inlined)/gm;
  return [...text.matchAll(pattern)]
    .map(([, place = "", verdict = ""]) => `${place} ${kindOf(verdict)}`)
    .sort();
}

function kindOf(verdict: string): string {
  if (verdict.startsWith("unknown")) return "directive";
  if (verdict.startsWith("Found")) return "gcassert-bce";
  return verdict.startsWith("call") ? "gcassert-inline" : "gcassert-noescape";
}

function actualVerdicts(dir: string): string[] {
  const args = [
    path.join(serverOut, "cli.js"),
    "check",
    "--level=error",
    "./testdata",
    "./testdata/otherpkg",
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: dir, encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  const lines = [...stdout.matchAll(/^testdata\/(\w+\.go:\d+):\d+: .*\(([\w-]+)\)$/gm)];
  return lines
    .map(([, place = "", code = ""]) => `${place} ${code}`)
    .map((verdict) => ownPlaces.get(verdict) ?? verdict)
    .sort();
}
