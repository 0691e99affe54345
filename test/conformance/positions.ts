/**
 * Checks a random sample of the standard library's messages against go/ast: does the anchor name the very node?
 * Usage: node test/out/conformance/positions.mjs [size [seed]]   Prints each disagreement; status 1 if there is one.
 */
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { anchorOf } from "../../server/src/syntax/anchors.js";
import { withTree } from "../../server/src/syntax/treeSitter.js";
import { load, textOf } from "../harness/packages.js";
import { disagreements, type Claim } from "./oracle.js";

const [size = 200, seed = 1] = process.argv.slice(2).map(Number);
const loaded = await load(process.cwd(), ["std"], { tests: false, scope: "standard" });
const variants = loaded.packages.flatMap((entry) => entry.variants);
const files = new Set(variants.flatMap((variant) => variant.files));

const collector = new FactCollector();
for await (const fact of loaded.engine.compile(variants, new Map(), loaded.signal)) collector.add(fact);

const claims: Claim[] = [];
let missing = 0;
for (const file of collector.files().sort()) {
  if (!files.has(file)) continue;
  const source = await textOf(file);
  withTree(source, (tree) => {
    for (const { form, position, text, inlinedCalls } of collector.of(file).heap) {
      const message = { form, line: position.line, column: position.column, text, inlinedCalls };
      const anchor = anchorOf(tree, message);
      if (anchor.quality === "missing") missing++;
      else claims.push({ file, source, message, anchor });
    }
  });
}

const sample = chosen(claims, size, seed);
const different = await disagreements(sample);
for (const { claim, expected, actual } of different) {
  const { line, column, text } = claim.message;
  console.log(
    `  ${claim.file}:${line}:${column ?? ""}: ${text}: go/ast has ${expected}, the anchor ${actual}`,
  );
}
console.log(`messages        ${claims.length + missing}, of which ${missing} without an anchor`);
console.log(`checked         ${sample.length} (seed ${seed})`);
console.log(`disagreements   ${different.length}`);
process.exitCode = different.length === 0 && sample.length > 0 ? 0 : 1;

/** A sample without repetition, the same for the same seed (Fisher and Yates; the generator is Park and Miller's). */
function chosen<T>(all: readonly T[], count: number, start: number): T[] {
  const rest = [...all];
  let state = (start % 2147483646) + 1;
  for (let index = 0; index < Math.min(count, rest.length); index++) {
    state = (state * 48271) % 2147483647;
    const other = index + (state % (rest.length - index));
    [rest[index], rest[other]] = [rest[other]!, rest[index]!];
  }
  return rest.slice(0, count);
}
