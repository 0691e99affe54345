/**
 * Are the fixes right on other people's code? On real modules each fix that is offered as preferred is applied, one after
 * the other; then all packages must compile, gofmt must have nothing to change, go vet must say no more, and each test of
 * the module must end as it did before. Prints the fixes by kind and what they remove, and fails on any loss.
 * Usage: node test/out/conformance/massTrial.mjs [--kinds=ID,ID] [--all] [--bench [--benchmarks=REGEXP]] [--list]
 *   [--refusals] [--keep] [module@version[:pattern] …]
 * `--all` takes also what asks first, reported apart; `--bench` compares the modules' benchmarks, all or those of the
 * given names; `--list` prints each fix, `--refusals` why others were not offered; `--keep` leaves the edited modules on
 * disk. A pattern, such as `./module/...`, leaves out packages whose tests need a network.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { load } from "../harness/packages.js";
import { realModule } from "../harness/realModule.js";
import type { GoPackage } from "../../server/src/go/packages.js";
import {
  type AllocatingPlaces,
  type AppliedFix,
  applyOffers,
  type PackageTrial,
} from "./trial/applyOffers.js";
import { compareBenchmarks, runBenchmarks } from "./trial/benchmarks.js";
import { DoesNotCompile, PackageLens } from "./trial/measuredPackage.js";
import { losses, misformatted, moduleState } from "./trial/moduleState.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kinds: { type: "string" },
    all: { type: "boolean", default: false },
    bench: { type: "boolean", default: false },
    benchmarks: { type: "string", default: "." },
    list: { type: "boolean", default: false },
    refusals: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
  },
});

type Places = Readonly<Record<"before" | "after", AllocatingPlaces>>;

/** Routers, command lines, parsers, encoders, configuration, metrics: different authors and years. */
const usual = [
  "github.com/spf13/cobra@v1.10.2",
  "github.com/olekukonko/tablewriter@v1.1.5",
  "github.com/vektah/gqlparser/v2@v2.5.64",
  "github.com/google/pprof@v0.0.0-20260906184651-6331bc6350fe",
  "github.com/hashicorp/hcl/v2@v2.25.0",
  "github.com/yuin/gopher-lua@v1.1.2",
  "github.com/prometheus/common@v0.61.0",
  "github.com/gorilla/mux@v1.8.1",
  "golang.org/x/mod@v0.41.0:./module",
];
const names = positionals.length > 0 ? positionals : usual;
const options = {
  kinds: values.kinds === undefined ? undefined : new Set(values.kinds.split(",")),
  asking: values.all,
  refusals: values.refusals,
};
const benchmarks = { names: values.benchmarks, count: 6 };

const all: AppliedFix[] = [];
const total = { before: { all: 0, inLoops: 0 }, after: { all: 0, inLoops: 0 } };
const refusals = new Map<string, number>();
const failures: string[] = [];
/** Packages that were left alone, with the reason. */
const rejections: string[] = [];
for (const name of names) await tryModule(name);
console.log(`\nall modules: ${summary(all)}; ${placesText(total)}`);
printKinds(all);
if (values.refusals) printRefusals();
for (const line of rejections) console.log(`  left alone: ${line}`);
console.log(failures.length === 0 ? "no loss" : `${failures.length} losses`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function tryModule(name: string): Promise<void> {
  const [version = name, pattern = "./..."] = name.split(":");
  const module = realModule(version);
  try {
    const before = moduleState(module.dir, pattern);
    const { applied, texts, packages, places } = await fixModule(module.dir, pattern);
    const benchmarked = values.bench ? runBenchmarks(module.dir, packages, benchmarks) : "";
    const files = [...texts.keys()];
    const neverFormatted = new Set(misformatted(files));
    for (const [file, text] of texts) writeFileSync(file, text);
    const after = moduleState(module.dir, pattern);
    const found = [
      ...losses(before, after),
      ...misformatted(files)
        .filter((file) => !neverFormatted.has(file))
        .map((file) => `gofmt would change ${path.relative(module.dir, file)}`),
    ];
    const passed = [...before.tests.values()].filter((result) => result === "pass").length;
    console.log(
      `\n${name}: ${summary(applied)}; ${placesText(places)}; ${before.tests.size} tests, ${passed} pass before, ${found.length} losses`,
    );
    printKinds(applied);
    for (const line of found) console.log(`  LOSS ${line}`);
    if (values.list)
      for (const fix of applied) console.log(`  ${place(module.dir, fix)}  ${fix.fix}  ${fix.title}`);
    if (values.bench)
      console.log(compareBenchmarks(benchmarked, runBenchmarks(module.dir, packages, benchmarks)));
    if (values.keep) console.log(`  left in ${module.dir}`);
    all.push(...applied);
    add(total, places);
    failures.push(...found.map((line) => `${name}: ${line}`));
  } finally {
    if (!values.keep) module.dispose();
  }
}

/** The new texts of all packages, and the folders of those that have some. */
async function fixModule(dir: string, pattern: string) {
  const loaded = await load(dir, [pattern]);
  const lens = new PackageLens(loaded);
  const applied: AppliedFix[] = [];
  const texts = new Map<string, string>();
  const packages: string[] = [];
  const places = { before: { all: 0, inLoops: 0 }, after: { all: 0, inLoops: 0 } };
  for (const goPackage of loaded.packages) {
    if (goPackage.variants.length === 0) continue;
    const trial = await tryPackage(lens, goPackage);
    if (typeof trial === "string") {
      rejections.push(`${goPackage.importPath}: ${trial}`);
      continue;
    }
    applied.push(...trial.applied);
    add(places, trial);
    if (trial.rejected !== null) rejections.push(`${goPackage.importPath}: ${trial.rejected}`);
    for (const [file, text] of trial.texts) texts.set(file, text);
    for (const [words, count] of trial.refused) refusals.set(words, (refusals.get(words) ?? 0) + count);
    if (trial.texts.size > 0) packages.push(`./${path.relative(dir, goPackage.dir)}`);
  }
  return { applied, texts, packages, places };
}

/** What the fixes of a package come to, or why there is nothing to fix: it does not compile as it is. */
async function tryPackage(lens: PackageLens, goPackage: GoPackage): Promise<PackageTrial | string> {
  try {
    return await applyOffers(lens, goPackage, options);
  } catch (error) {
    if (!(error instanceof DoesNotCompile)) throw error;
    return `does not compile: ${error.message.split("\n").find((line) => /\.go:\d/.test(line)) ?? error.message}`;
  }
}

function summary(applied: readonly AppliedFix[]): string {
  const kinds = new Set(applied.map(({ fix }) => fix)).size;
  const preferred = applied.filter(({ isPreferred }) => isPreferred).length;
  const asked = values.all ? ` (${preferred} preferred, ${applied.length - preferred} that ask)` : "";
  return `${applied.length} fixes${asked} of ${kinds} kinds`;
}

/** Adds up what is counted of several packages or modules. */
function add(sum: Record<"before" | "after", { all: number; inLoops: number }>, part: Places): void {
  for (const when of ["before", "after"] as const) {
    sum[when].all += part[when].all;
    sum[when].inLoops += part[when].inLoops;
  }
}

function placesText({ before, after }: Places): string {
  return `${before.all} → ${after.all} places allocate, ${before.inLoops} → ${after.inLoops} of them in loops`;
}

function printKinds(applied: readonly AppliedFix[]): void {
  for (const fix of [...new Set(applied.map((each) => each.fix))].sort())
    console.log(
      `  ${fix.padEnd(18)} ${String(applied.filter((each) => each.fix === fix).length).padStart(4)}`,
    );
}

function printRefusals(): void {
  for (const [words, count] of [...refusals].sort(([, a], [, b]) => b - a))
    console.log(`  ${String(count).padStart(5)} ${words}`);
}

function place(dir: string, { file, line }: AppliedFix): string {
  return `${path.relative(dir, file)}:${line}`;
}
