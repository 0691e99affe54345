/**
 * What evidence costs beside the compile: reading the assembly, matching and judging, for packages of the standard
 * library. Prints the processor's and the clock's time; status 1 where net/http takes more than 1.5 s of processor time.
 * Usage: node test/out/conformance/evidenceCost.mjs [packages…]
 */
import { load } from "../harness/packages.js";
import { evidenceOf } from "./evidenceRun.js";

const named = process.argv.slice(2);
const patterns = named.length > 0 ? named : ["net/http", "encoding/json", "text/template", "go/printer"];
const loaded = await load(process.cwd(), patterns, { tests: false, scope: "standard" });
for (const goPackage of loaded.packages) {
  const run = (await evidenceOf({ ...loaded, packages: [goPackage] })).get(goPackage.importPath);
  if (run === undefined) continue;
  const verdicts = new Map<string, number>();
  for (const { kind, allocates } of run.sites) {
    const name = kind === "hidden" ? `hidden ${allocates}` : allocates;
    verdicts.set(name, (verdicts.get(name) ?? 0) + 1);
  }
  const counts = [...verdicts].sort().map(([name, count]) => `${name} ${count}`);
  console.log(
    `${goPackage.importPath}: ${(run.characters / 1e6).toFixed(1)} million characters, ` +
      `${run.processor.toFixed(0)} ms of processor time (${run.milliseconds.toFixed(0)} by the clock); ${counts.join(", ")}`,
  );
  if (goPackage.importPath === "net/http" && run.processor > 1500) process.exitCode = 1;
}
