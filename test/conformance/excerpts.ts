/**
 * Does the excerpt of a function say of it what its whole package says? Prints every difference, and how long both take.
 * Usage: node test/out/conformance/excerpts.mjs [--every=N] [--main] [patterns…]
 * --every: of so many functions one. --main: packages of the module in the current folder, not of std.
 */
import { directEngine } from "../harness/directEngine.js";
import { excerptOutcome, functionsIn, wholePackage } from "../harness/excerpts.js";
import { load } from "../harness/packages.js";

const words = process.argv.slice(2);
const every = Number(words.find((word) => word.startsWith("--every="))?.slice(8) ?? "1");
const scope = words.includes("--main") ? "main" : "standard";
const patterns = words.filter((word) => !word.startsWith("--"));
const loaded = await load(process.cwd(), patterns, { tests: false, scope });
const { engine } = directEngine(loaded, { leakTargets: true });
const sums = { functions: 0, none: 0, failed: 0, sites: 0, places: 0, words: 0 };
for (const { variants, importPath } of loaded.packages) {
  const [variant] = variants;
  if (variant === undefined) continue;
  const whole = await wholePackage(engine, variant, loaded.signal);
  const times: number[] = [];
  for (const [index, each] of functionsIn(whole).entries()) {
    if (index % every !== 0) continue;
    const outcome = await excerptOutcome(engine, variant, whole, each, loaded.signal);
    sums.functions++;
    const place = `${importPath} ${outcome.function}`;
    if (outcome.failure !== undefined) {
      sums.failed++;
      console.log(`${place}: ${outcome.failure}`);
    } else if (!outcome.isMade) sums.none++;
    else times.push(outcome.time);
    for (const line of [...outcome.places, ...outcome.words]) console.log(`${place}: ${line}`);
    sums.sites += outcome.sites;
    sums.places += outcome.places.length;
    sums.words += outcome.words.length;
  }
  const middle = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
  console.log(`${importPath}: whole ${whole.time.toFixed(0)} ms, excerpts ${middle.toFixed(0)} ms (median)`);
}
console.log(
  `${sums.functions} functions, ${sums.none} without excerpt, ${sums.failed} failed; ` +
    `${sums.sites} sites, ${sums.places} in one only, ${sums.words} said differently`,
);
process.exitCode = sums.failed + sums.places + sums.words === 0 && sums.sites > 0 ? 0 : 1;
