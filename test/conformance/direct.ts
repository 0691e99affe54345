/**
 * Does the direct engine, which ends the compiler at the sentinel, find the verdicts that a whole build prints? Prints
 * every difference and why packages were left to the go command.
 * Usage: node test/out/conformance/direct.mjs [--tests] [--cover] [--main] [patterns…]
 * --main: packages of the module in the current folder, not of std. GOTOOLCHAIN chooses another version.
 * --tests: test variants, too. --cover: do variants with in-package tests have all verdicts of the plain ones?
 */
import { DirectEngine } from "../../server/src/compiler/directEngine.js";
import type { Engine } from "../../server/src/compiler/engine.js";
import type { PackageVariant } from "../../server/src/go/packages.js";
import { PlanStore } from "../../server/src/go/planStore.js";
import { load } from "../harness/packages.js";
import { verdictsOf } from "../harness/verdicts.js";

const words = process.argv.slice(2);
const [tests, cover] = [words.includes("--tests") || words.includes("--cover"), words.includes("--cover")];
const patterns = words.filter((word) => !word.startsWith("--"));
const scope = words.includes("--main") ? "main" : "standard";
const loaded = await load(
  process.cwd(),
  patterns.length > 0 ? patterns : [scope === "main" ? "./..." : "std"],
  {
    tests,
    scope,
  },
);
const { setup, signal } = loaded;
const reasons = new Map<string, number>();
const none: Engine = {
  compile: nothing,
  keyOf: () => Promise.resolve(undefined),
  assemblyOf: () => Promise.resolve(undefined),
  leaksOf: () => Promise.resolve(undefined),
  excerptOf: () => Promise.resolve(undefined),
  dependsOn: () => false,
};
const plans = new PlanStore({ ...setup, workFile: setup.info.gowork, log: console.log });
const direct = new DirectEngine({ plans, fallback: none, log });

const sums = { compiled: 0, left: 0, failed: 0, verdicts: 0, missing: 0, extra: 0 };
const seconds = { direct: 0, build: 0 };
for (const goPackage of loaded.packages) {
  const buildStarted = performance.now();
  const expected = await verdictsOf(loaded.engine, goPackage.variants, signal);
  seconds.build += (performance.now() - buildStarted) / 1000;
  const found = new Map<string, ReadonlySet<string>>();
  for (const variant of goPackage.variants) {
    for (const [id, verdicts] of await directVerdicts(variant)) found.set(id, verdicts);
    compare(variant, expected.verdicts.get(variant.id) ?? new Set(), found.get(variant.id));
  }
  if (cover) reportUncovered(goPackage.importPath, found);
}
for (const [reason, count] of reasons) console.log(`${count} left to the go command: ${reason}`);
console.log(
  `${setup.info.versionText}: ${sums.compiled} variants compiled directly, ${sums.left} left, ${sums.failed} failed; ` +
    `${sums.verdicts} verdicts, ${sums.missing} missing, ${sums.extra} extra; ` +
    `direct ${seconds.direct.toFixed(1)} s with plans, go list ${seconds.build.toFixed(1)} s (replayed where cached)`,
);
process.exitCode = sums.missing + sums.extra + sums.failed === 0 && sums.compiled > 0 ? 0 : 1;

function log(message: string): void {
  const reason = message.replace(/^.*? is compiled by way of the go command: /, "").split("\n")[0] ?? "";
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

async function directVerdicts(variant: PackageVariant): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const started = performance.now();
  const { verdicts, errors, unknown } = await verdictsOf(direct, [variant], signal);
  for (const line of unknown) console.log(`  unknown  ${line}`);
  seconds.direct += (performance.now() - started) / 1000;
  for (const error of errors) console.log(`  failed  ${variant.id}: ${error}`);
  sums.failed += errors.length;
  return verdicts;
}

function compare(
  variant: PackageVariant,
  expected: ReadonlySet<string>,
  found: ReadonlySet<string> | undefined,
): void {
  if (found === undefined) {
    sums.left++;
    return;
  }
  sums.compiled++;
  sums.verdicts += expected.size;
  const missing = [...expected].filter((verdict) => !found.has(verdict) && !isGenerated(verdict));
  const extra = [...found].filter((verdict) => !expected.has(verdict) && !isGenerated(verdict));
  for (const verdict of missing) console.log(`  missing  ${variant.id}  ${verdict}`);
  for (const verdict of extra) console.log(`  extra    ${variant.id}  ${verdict}`);
  sums.missing += missing.length;
  sums.extra += extra.length;
}

/** What cgo makes is nobody's source, and lies where each build puts it. */
function isGenerated(verdict: string): boolean {
  return /[/\\]_cgo_\w+\.go:\d/.test(verdict);
}

function reportUncovered(importPath: string, found: ReadonlyMap<string, ReadonlySet<string>>): void {
  const [plain, tested] = [found.get(importPath), found.get(`${importPath} [${importPath}.test]`)];
  if (plain === undefined || tested === undefined) return;
  const lost = [...plain].filter((verdict) => !tested.has(verdict) && !isGenerated(verdict));
  for (const verdict of lost) console.log(`  not with tests  ${importPath}  ${verdict}`);
}

// eslint-disable-next-line @typescript-eslint/require-await, require-yield
async function* nothing(): AsyncGenerator<never> {
  return;
}
