/**
 * Does the evidence say what benchmarks do? The sites of real modules against a memory profile of every allocation while
 * the modules' own benchmarks run, joined by line. Prints a table and every disagreement. Known causes: type switches and
 * assertions to interfaces fill caches of the runtime, which no site stands for (runtime/iface.go).
 * Usage: node test/out/conformance/evidenceProfile.mjs [module@version | FOLDER …]
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Site } from "../../server/src/analysis/site.js";
import { load } from "../harness/packages.js";
import { hasBenchmarks } from "../harness/profiledModule.js";
import { moduleOf } from "../harness/realModule.js";
import { coverageOf, profileOf, type Coverage, type Profile } from "./allocationProfile.js";
import { evidenceOf } from "./evidenceRun.js";

const named = process.argv.slice(2);
const modules =
  named.length > 0
    ? named
    : ["github.com/rs/zerolog@v1.33.0", "github.com/gorilla/mux@v1.8.1", "github.com/BurntSushi/toml@v1.4.0"];

interface Sums {
  yesLines: number;
  yesAllocated: number;
  allocating: number;
  explained: number;
  indirect: number;
  sized: number;
  unsized: number;
  compared: number;
  wrong: number;
}

const zero = (): Sums => ({
  ...{ yesLines: 0, yesAllocated: 0, allocating: 0, explained: 0, indirect: 0 },
  ...{ sized: 0, unsized: 0, compared: 0, wrong: 0 },
});
const total = zero();
for (const name of modules) {
  const sums = zero();
  await compareModule(name, sums);
  report(name, sums);
  for (const key of Object.keys(total) as (keyof Sums)[]) total[key] += sums[key];
}
report("all", total);
const isWell =
  total.yesAllocated >= 0.95 * total.yesLines &&
  total.explained >= 0.95 * total.allocating &&
  total.wrong === 0 &&
  total.yesLines > 0 &&
  total.compared > 0;
process.exitCode = isWell ? 0 : 1;

async function compareModule(name: string, sums: Sums): Promise<void> {
  const module = moduleOf(name);
  try {
    const loaded = await load(module.dir, ["./..."], { tests: true });
    const packages = loaded.packages.filter(({ dir }) => hasBenchmarks(dir));
    const runs = await evidenceOf({ ...loaded, packages }, { mapGrowth: true });
    for (const { dir, importPath } of packages) {
      const sites = runs.get(importPath)?.sites ?? [];
      const profile = profileOf(module.dir, dir);
      const isCovered = coverageOf(dir, importPath);
      compareLines(sites, profile, isCovered, dir, sums);
    }
  } finally {
    module.dispose();
  }
}

function compareLines(
  sites: readonly Site[],
  { allocations, symbols }: Profile,
  isCovered: Coverage,
  dir: string,
  sums: Sums,
): void {
  const byLine = new Map<string, Site[]>();
  for (const site of sites) {
    for (const line of linesOf(site)) byLine.set(line, [...(byLine.get(line) ?? []), site]);
  }
  const direct = allocations.filter(({ isDirect }) => isDirect);
  const allocated = new Set(direct.flatMap(({ places }) => places));
  compareYes(
    sites.filter((site) => isLinked(site, symbols)),
    allocated,
    isCovered,
    sums,
  );
  const here = new Set(
    direct
      .map(({ place }) => place)
      .filter((place) => path.dirname(place.slice(0, place.lastIndexOf(":"))) === dir),
  );
  for (const place of here) {
    sums.allocating++;
    if ((byLine.get(place) ?? []).some(({ allocates }) => allocates !== "no")) sums.explained++;
    else console.log(`  no site    ${place}: ${lineText(place)}`);
  }
  sums.indirect += new Set(allocations.filter(({ isDirect }) => !isDirect).map(({ place }) => place)).size;
  compareSizes(sites, byLine, direct, sums);
}

/** Whether the program has code of the site's function itself, and not only copies within its callers. */
function isLinked(site: Site, symbols: readonly string[]): boolean {
  const name = `${site.package}.${site.function}`;
  return symbols.some((symbol) => {
    const bare = symbol.replace(/\[.*\]/, "");
    return bare === name || bare.startsWith(`${name}.`);
  });
}

/** Lines on which code of the site may stand: those of its expression, without the body of a function. */
function linesOf(site: Site): string[] {
  const { start, end } =
    site.form.includes("func") || site.form.endsWith("wrapper") ? site.range : site.nodeRange;
  return Array.from(
    { length: end.line - start.line + 1 },
    (_, index) => `${site.file}:${start.line + 1 + index}`,
  );
}

function compareYes(
  sites: readonly Site[],
  allocated: ReadonlySet<string>,
  isCovered: Coverage,
  sums: Sums,
): void {
  const seen = new Set<string>();
  for (const site of sites) {
    const place = `${site.file}:${site.range.start.line + 1}`;
    const isLive = site.allocates === "yes" && site.context !== "panic" && site.context !== "init";
    if (!isLive || seen.has(place) || !isCovered(site.file, site.range.start.line + 1, site.column)) continue;
    seen.add(place);
    sums.yesLines++;
    if (linesOf(site).some((line) => allocated.has(line))) sums.yesAllocated++;
    else
      console.log(
        `  not seen   ${place}: ${site.expression} (${site.evidence.map(({ call }) => call).join(", ")})`,
      );
  }
}

/** Sizes are compared where a line has one site and one size, so that nothing else can have been recorded. */
function compareSizes(
  sites: readonly Site[],
  byLine: ReadonlyMap<string, readonly Site[]>,
  direct: Profile["allocations"],
  sums: Sums,
): void {
  const observed = new Map<string, Set<number>>();
  for (const { places, bytes } of direct)
    for (const place of places) observed.set(place, (observed.get(place) ?? new Set()).add(bytes));
  for (const site of sites) {
    const place = `${site.file}:${site.range.start.line + 1}`;
    const sizes = observed.get(place);
    if (sizes === undefined || site.evidence.length === 0) continue;
    const [only, ...others] = site.evidence;
    for (const { bytes } of site.evidence) sums[bytes === null ? "unsized" : "sized"]++;
    if (only?.bytes === null || only === undefined || others.length > 0) continue;
    const { bytes } = only;
    if ((byLine.get(place) ?? []).length > 1 || sizes.size > 1 || bytes > 32768) continue;
    sums.compared++;
    if ([...sizes].some((size) => classesOf(bytes).includes(size))) continue;
    sums.wrong++;
    console.log(`  wrong size ${place}: ${site.expression} ${bytes}, recorded ${[...sizes].join(", ")}`);
  }
}

/** The size classes that an object may lie in: with the header that objects above 512 bytes have, and the tiny block. */
function classesOf(bytes: number): number[] {
  const classes = sizeClasses();
  const rounded = (size: number) => classes.find((each) => each >= size) ?? size;
  return [rounded(bytes), ...(bytes < 16 ? [16] : []), ...(bytes > 512 ? [rounded(bytes + 8)] : [])];
}

let known: readonly number[] | undefined;

function sizeClasses(): readonly number[] {
  known ??= readClasses();
  return known;
}

function readClasses(): number[] {
  const root = execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  const text = readFileSync(path.join(root, "src/internal/runtime/gc/sizeclasses.go"), "utf8");
  const list = /SizeClassToSize = \[\w+\]uint16\{([\d, ]+)\}/.exec(text)?.[1] ?? "";
  return list.split(", ").map(Number).slice(1);
}

function lineText(place: string): string {
  const colon = place.lastIndexOf(":");
  return (
    readFileSync(place.slice(0, colon), "utf8").split("\n")[Number(place.slice(colon + 1)) - 1] ?? ""
  ).trim();
}

function report(name: string, sums: Sums): void {
  const share = (part: number, whole: number) =>
    `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
  console.log(name);
  console.log(`  covered lines with "yes" that allocated    ${share(sums.yesAllocated, sums.yesLines)}`);
  console.log(`  allocating lines with a site that may      ${share(sums.explained, sums.allocating)}`);
  console.log(`  lines that allocate in other packages only ${sums.indirect}`);
  console.log(`  sizes known                                ${share(sums.sized, sums.sized + sums.unsized)}`);
  console.log(`  sizes compared, of which wrong             ${sums.compared}, ${sums.wrong}`);
}
