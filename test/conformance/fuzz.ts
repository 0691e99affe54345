/**
 * Damages what the compiler says of real packages, and their sources: the parser reads a million lines without an error
 * or a hang and the same however they are cut; no message finds a place that is another's.
 * Usage: node test/out/conformance/fuzz.mjs [--lines=N] [--sources=N] [--seed=N] [std package …]
 */
import { readFileSync } from "node:fs";
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { OutputParser } from "../../server/src/compiler/outputParser.js";
import { printedPathResolver } from "../../server/src/compiler/printedPaths.js";
import { count, operands } from "../bench/lib/options.js";
import { compilerText } from "../harness/fuzz/compiled.js";
import { fuzzParser, slowestRepetition } from "../harness/fuzz/compilerText.js";
import { fuzzAnchors } from "../harness/fuzz/staleAnchors.js";
import { load } from "../harness/packages.js";

const lines = count("lines", 1_000_000);
const sources = count("sources", 2000);
const seed = count("seed", Math.floor(Math.random() * 2 ** 31));
const patterns = operands.length > 0 ? operands : ["encoding/json", "strconv", "text/template"];
console.log(`--seed=${seed}, ${patterns.join(" ")}`);

const loaded = await load(process.cwd(), patterns, { tests: false, scope: "standard" });
const variants = loaded.packages.flatMap((each) => each.variants);
const corpus = compilerText(process.cwd(), patterns);
const parser = new OutputParser(printedPathResolver(process.cwd(), variants));
const collector = new FactCollector();
for (const fact of [...parser.push(corpus), ...parser.end()]) collector.add(fact);

let started = performance.now();
const read = fuzzParser(corpus, lines, seed);
console.log(`parser    ${read.lines} lines, ${read.facts} facts, ${read.unknown} lines that no rule knew`);
console.log(`          ${seconds(started)}; slowest text of 20 kB ${read.slowestText.toFixed(0)} ms`);
started = performance.now();
const repeated = slowestRepetition(200_000);
console.log(`          slowest line of 200 kB ${repeated.toFixed(0)} ms; ${seconds(started)}`);
started = performance.now();
let [asked, found] = [0, 0];
const files = [...collector.files()].filter((file) =>
  variants.some((variant) => variant.files.includes(file)),
);
for (const file of files) {
  const figures = fuzzAnchors(
    readFileSync(file, "utf8"),
    collector.of(file).heap,
    Math.ceil(sources / files.length),
    seed,
  );
  asked += figures.asked;
  found += figures.found;
}
console.log(
  `anchors   ${files.length} files, ${asked} questions to damaged ones, ${found} found a place, none another's`,
);
console.log(`          ${seconds(started)}`);

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
