/**
 * Runs the parser and the anchors over the whole standard library and prints how well each message finds its syntax.
 * Usage: node test/out/conformance/std.mjs [patterns…]   GOTOOLCHAIN chooses another version of Go.
 */
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { anchorOf } from "../../server/src/syntax/anchors.js";
import { withTree } from "../../server/src/syntax/treeSitter.js";
import { load, textOf } from "../harness/packages.js";

const patterns = process.argv.slice(2);
const loaded = await load(process.cwd(), patterns.length > 0 ? patterns : ["std"], {
  tests: false,
  scope: "standard",
});
const variants = loaded.packages.flatMap((entry) => entry.variants);
const files = new Set(variants.flatMap((variant) => variant.files));

const started = performance.now();
const collector = new FactCollector();
const unknown: string[] = [];
for await (const fact of loaded.engine.compile(variants, new Map(), loaded.signal)) {
  if (fact.kind === "unknown") unknown.push(fact.line);
  else if (fact.kind === "error")
    console.log(`  not compiled  ${fact.variant}: ${fact.message.split("\n")[0] ?? ""}`);
  else collector.add(fact);
}
const compiled = performance.now();

const counts = { exact: 0, "inlined-call": 0, declaration: 0, line: 0, missing: 0 };
const doubtful: string[] = [];
for (const file of collector.files()) {
  if (!files.has(file)) continue;
  withTree(await textOf(file), (tree) => {
    for (const message of collector.of(file).heap) {
      const { line, column } = message.position;
      const anchor = anchorOf(tree, {
        form: message.form,
        line,
        column,
        text: message.text,
        inlinedCalls: message.inlinedCalls,
      });
      // A call stands for what was inlined into it only where the compiler says that it inlined there.
      const isUnproven = anchor.quality === "inlined-call" && message.inlinedCalls.length === 0;
      const quality = isUnproven ? "missing" : anchor.quality;
      counts[quality]++;
      if (quality === "missing" || quality === "line") {
        doubtful.push(`${quality}  ${file}:${line}:${column ?? ""}: ${message.text} (${message.form})`);
      }
    }
  });
}
const anchored = performance.now();

const sites = Object.values(counts).reduce((sum, count) => sum + count, 0);
const share = (count: number) => `${count} (${((100 * count) / sites).toFixed(2)} %)`;
for (const line of doubtful) console.log(`  ${line}`);
for (const line of unknown.slice(0, 20)) console.log(`  unknown  ${line}`);
console.log(`${loaded.setup.info.versionText}, ${variants.length} packages`);
console.log(`lines that no rule knew   ${unknown.length}`);
console.log(`heap sites                ${sites}`);
console.log(`exact node                ${share(counts.exact)}`);
console.log(`call of inlined function  ${share(counts["inlined-call"])}`);
console.log(`generated from function   ${share(counts.declaration)}`);
console.log(`wrong or missing          ${share(counts.line + counts.missing)}`);
console.log(`compiler and parser       ${((compiled - started) / 1000).toFixed(1)} s`);
console.log(`syntax and anchors        ${((anchored - compiled) / 1000).toFixed(1)} s`);
const isWell = unknown.length === 0 && counts.line + counts.missing <= 0.002 * sites;
process.exitCode = isWell ? 0 : 1;
