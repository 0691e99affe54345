/**
 * Which reasons do sites have, and are they right? Prints the share of each reason over the standard library and real
 * modules, and fails where more than 5 % have none ("other"). Then holds reasonSample.json, whose judgements two readers
 * made from source and flow, each by himself, against what the rules say now, and fails where either finds less than 95 %.
 * Usage: node test/out/conformance/reasons.mjs [--sample FILE [--seed N]] [--judged FILE] [std | module@version …]
 * --sample FILE draws sites and writes them, unjudged: with its seed, so that the same tree gives the same sample. A
 * judged sample has in `right` of each site the codes that a reader accepts, and is held against the rules by --judged.
 */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type ReasonCode, reasonCodes } from "../../server/src/analysis/reasonCodes.js";
import type { Site } from "../../server/src/analysis/site.js";
import { analyze, load } from "../harness/packages.js";
import { testData } from "../harness/paths.js";
import { realModule } from "../harness/realModule.js";
import { drawn, type JudgedSite, type SampleFile, unjudged } from "./reasonSample.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sample: { type: "string" }, seed: { type: "string" }, judged: { type: "string" } },
});
const names =
  positionals.length > 0
    ? positionals
    : [
        "std",
        "github.com/klauspost/compress@v1.17.11",
        "github.com/spf13/cobra@v1.8.1",
        "go.uber.org/zap@v1.27.0",
      ];

/** Sites drawn from each: more than half from the standard library. */
const sampleSizes: Readonly<Record<string, number>> = { std: 110 };
const otherSampleSize = 30;
const seed = Number(values.seed ?? 20261122);

const shares: { name: string; sites: readonly Site[] }[] = [];
const sample: JudgedSite[] = [];
const judgements = readSample();
const comparisons: { site: JudgedSite; actual: ReasonCode | undefined }[] = [];
let goVersion = "";

for (const name of names) {
  const source = await sitesOf(name);
  goVersion = source.go;
  shares.push({ name, sites: source.sites });
  sample.push(
    ...drawn(source.sites, sampleSizes[name] ?? otherSampleSize, seed).map((site) =>
      unjudged(name, source.root, site),
    ),
  );
  const byId = new Map(source.sites.map((site) => [site.id, site.reason]));
  for (const site of judgements.sites.filter(({ from }) => from === name))
    comparisons.push({ site, actual: byId.get(site.id) });
  source.dispose();
}

printTable();
let isWell = otherShare() <= 0.05;
if (values.sample === undefined) isWell = reportJudgements() && isWell;
else writeFileSync(values.sample, `${JSON.stringify({ go: goVersion, seed, sites: sample }, null, 2)}\n`);
process.exitCode = isWell ? 0 : 1;

interface Source {
  readonly go: string;
  /** Folder that files are named from. */
  readonly root: string;
  readonly sites: readonly Site[];
  dispose(): void;
}

/** Non-test sites of the standard library or of a module, those of the files of its own packages only. */
async function sitesOf(name: string): Promise<Source> {
  const module = name === "std" ? undefined : realModule(name);
  const loaded = await load(module?.dir ?? process.cwd(), [module === undefined ? "std" : "./..."], {
    tests: false,
    scope: module === undefined ? "standard" : "main",
  });
  const { packages } = await analyze(loaded);
  const { versionText } = loaded.setup.info;
  return {
    go: versionText,
    root: module?.dir ?? path.join(loaded.setup.info.goroot, "src"),
    sites: packages.flatMap(({ sites }) => sites),
    dispose: () => module?.dispose(),
  };
}

function readSample(): SampleFile {
  const file = values.judged ?? path.join(testData, "conformance", "reasonSample.json");
  return JSON.parse(readFileSync(file, "utf8")) as SampleFile;
}

function printTable(): void {
  console.log(["reason".padEnd(20), ...shares.map(({ name }) => shortName(name).padStart(14))].join(""));
  for (const code of reasonCodes) {
    const cells = shares.map(({ sites }) => {
      const count = sites.filter(({ reason }) => reason === code).length;
      return `${count} ${((100 * count) / sites.length).toFixed(1).padStart(5)}%`.padStart(14);
    });
    console.log([code.padEnd(20), ...cells].join(""));
  }
  console.log(["sites".padEnd(20), ...shares.map(({ sites }) => `${sites.length}`.padStart(14))].join(""));
}

function shortName(name: string): string {
  return path.posix.basename(name.split("@")[0] ?? name);
}

function otherShare(): number {
  const sites = shares.flatMap((share) => share.sites);
  return sites.filter(({ reason }) => reason === "other").length / sites.length;
}

/** Both readers' shares, each with what is wrong by it. */
function reportJudgements(): boolean {
  const first = reportReader("first reader", ({ right }) => right);
  const second = reportReader("second reader", (site) => site.second ?? []);
  return first >= 0.95 && second >= 0.95;
}

function reportReader(reader: string, accepted: (site: JudgedSite) => readonly ReasonCode[]): number {
  const found = comparisons.filter(({ site, actual }) => actual !== undefined && accepted(site).length > 0);
  const wrong = found.filter(({ site, actual }) => actual !== undefined && !accepted(site).includes(actual));
  for (const { site, actual } of wrong)
    console.log(
      `  wrong  ${site.file}:${site.line}  ${site.expression}: ${String(actual)}, judged ${accepted(site).join(" or ")}`,
    );
  const right = found.length === 0 ? 0 : 1 - wrong.length / found.length;
  console.log(
    `${reader}: ${found.length} of ${judgements.sites.length} sites found and judged, ${wrong.length} wrong, ${(100 * right).toFixed(1)} % right`,
  );
  return right;
}
