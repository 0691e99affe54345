/**
 * The compiler's own tests of -m (GOROOT/test, `errorcheck`): each message that they expect is printed, known to the parser,
 * and, where it is about the heap, anchored on its line.
 * Usage: node test/out/conformance/errorcheck.mjs [--tests=DIR] [file.go …]
 */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { OutputParser } from "../../server/src/compiler/outputParser.js";
import { parseMessage } from "../../server/src/compiler/messages.js";
import { anchorOf } from "../../server/src/syntax/anchors.js";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { initializeSyntax, withTree } from "../../server/src/syntax/treeSitter.js";
import { operands, option } from "../bench/lib/options.js";
import { testModule } from "../harness/module.js";
import { serverOut } from "../harness/paths.js";
import { compileTest, standardImports, type TestFile } from "./errorcheck/compile.js";
import { expectationsOf, flagsOf } from "./errorcheck/expectations.js";

const goroot = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
const folder = option("tests") ?? path.join(goroot, "test");
if (!existsSync(path.join(folder, "escape.go"))) {
  console.error(`${folder} has no tests: name the folder of a Go source package with --tests=DIR.`);
  process.exit(1);
}
await initializeSyntax(serverOut);
const counts = {
  files: 0,
  failing: 0,
  expected: 0,
  notPrinted: 0,
  notKnown: 0,
  otherFlags: 0,
  heap: 0,
  exact: 0,
  elsewhere: 0,
};
const work = testModule({ "go.mod": "", note: "" });
const imports = standardImports();
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".go"),
);
for (const name of names.sort()) {
  if (operands.length > 0 && !operands.includes(name)) continue;
  const file = path.join(folder, name);
  const test = flagsOf(readFileSync(file, "utf8"));
  if (test === undefined) continue;
  const own = work.path(name.replace(/\W/g, "_"));
  for (const each of compileTest(file, test.isFolder, test.flags, imports, own)) {
    // Some are about mistakes in a program, in the presence of -m.
    if (each.compiles) check(each);
    else counts.failing++;
  }
}
work.dispose();
const share = (count: number, all: number) => `${count} (${((100 * count) / all).toFixed(2)} %)`;
console.log(
  `${execFileSync("go", ["env", "GOVERSION"], { encoding: "utf8" }).trim()}, ${counts.files} files, ${counts.failing} that do not compile left out`,
);
console.log(`expected messages           ${counts.expected}`);
console.log(`  not printed               ${counts.notPrinted}`);
console.log(`  of -live, not of -m       ${counts.otherFlags}`);
console.log(`  not known to the parser   ${counts.notKnown}`);
console.log(`messages about the heap     ${counts.heap}`);
console.log(`  anchored, exact node      ${share(counts.exact, counts.heap)}`);
console.log(`  not on their lines        ${share(counts.elsewhere, counts.heap)}`);
process.exitCode = counts.notPrinted + counts.notKnown + counts.elsewhere === 0 && counts.heap > 0 ? 0 : 1;

function check({ file, output }: TestFile): void {
  const text = readFileSync(file, "utf8");
  counts.files++;
  const lines = output
    .split("\n")
    .map((line) => ({ line, place: /^(.+?):(\d+)(?::\d+)?:( .*)$/.exec(line) }));
  for (const { line, pattern } of expectationsOf(text)) {
    counts.expected++;
    const found = lines.filter((each) => Number(each.place?.[2]) === line && pattern.test(each.line));
    if (found.length === 0) {
      counts.notPrinted++;
      console.log(`  not printed  ${file}:${line}: ${String(pattern)}`);
    }
    for (const each of found) {
      const message = each.place?.[3] ?? "";
      if (parseMessage(message) !== undefined) continue;
      if (/^ (?:live at |stack object )/.test(message)) counts.otherFlags++;
      else {
        counts.notKnown++;
        console.log(`  not known    ${each.line}`);
      }
    }
  }
  anchor(file, text, output);
}

function anchor(file: string, text: string, output: string): void {
  const parser = new OutputParser((printed) => path.resolve(path.dirname(file), printed));
  const collector = new FactCollector();
  for (const fact of [...parser.push(output), ...parser.end()])
    if (fact.kind !== "unknown" && fact.kind !== "error" && fact.kind !== "progress") collector.add(fact);
  withTree(new SourceText(text), (tree) => {
    for (const { form, position, text: said, inlinedCalls } of collector.of(file).heap) {
      counts.heap++;
      const found = anchorOf(tree, { form, ...position, text: said, inlinedCalls });
      if (found.quality === "exact") counts.exact++;
      const isThere = found.quality !== "missing" && found.quality !== "line";
      const lineOf = (offset: number) => tree.source.lineOf(offset);
      // What spans lines is underlined where it begins, and reported where its brace or parenthesis is.
      if (isThere && lineOf(found.node.start) <= position.line && position.line <= lineOf(found.node.end))
        continue;
      counts.elsewhere++;
      const where = found.quality === "missing" ? "" : ` at line ${tree.source.lineOf(found.range.start)}`;
      console.log(
        `  ${found.quality}${where}  ${file}:${position.line}:${position.column ?? ""}: ${form} ${said}`,
      );
    }
  });
}
