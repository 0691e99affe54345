/**
 * What the fixes do for the bad programs of test/cases/patterns: which is offered, what the compiler says of it, and the
 * allocations of `Op` before and after it, counted by running, beside those of the program that a person mended. Fails
 * where a program whose cause has a fix keeps its allocations.
 * Usage: node test/out/conformance/fixTable.mjs [--reasons] [--offers] [--programs=FILE.txtar] [PATTERN …]
 * Other programs, as those of test/cases/programs.txtar, tell in fix.txt what they expect: the fixes in their order, or none.
 */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { applyEdit } from "../../server/src/analysis/applyEdit.js";
import { offerTitle, rejectionReason } from "../../server/src/fixes/effect.js";
import type { Offer } from "../../server/src/fixes/offers.js";
import { load } from "../harness/packages.js";
import { testData } from "../harness/paths.js";
import { placePrograms } from "./programs.js";
import { unfixable } from "./trial/unfixable.js";
import { type MeasuredPackage, PackageLens } from "./trial/measuredPackage.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reasons: { type: "boolean", default: false },
    offers: { type: "boolean", default: false },
    programs: { type: "string" },
  },
});
const patterns = path.join(testData, "cases/patterns");
const source = path.resolve(values.programs ?? patterns);
const noSignal = new AbortController().signal;

/** A fix that was tried, and what `Op` allocates with it. */
interface Attempt {
  readonly offer: Offer;
  readonly texts: ReadonlyMap<string, string>;
  readonly allocations: number;
}

const root = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-fix-table-")));
let failed = 0;
try {
  placePrograms(source, root);
  const names = readdirSync(root).filter((name) => mainFile(name) !== undefined);
  const chosen = names.filter(
    (name) => positionals.length === 0 || positionals.some((each) => name.startsWith(each)),
  );
  row("program", "before", "after", "by hand", "fix");
  for (const name of chosen) if (!(await tryProgram(name))) failed++;
} finally {
  rmSync(root, { recursive: true, force: true });
}
console.log(
  failed === 0 ? "all programs whose cause has a fix are fixed" : `${failed} programs are not as expected`,
);
process.exitCode = failed === 0 ? 0 : 1;

function mainFile(name: string): string | undefined {
  return ["bad.go", "single.go"].find((file) => existsSync(path.join(root, name, file)));
}

/** Whether the program is fixed, or one that no fix is for. */
async function tryProgram(name: string): Promise<boolean> {
  const dir = path.join(root, name);
  const byHand = allocations(dir, ["-tags=good"]);
  // The twin would never be compiled together with what is edited here.
  for (const file of readdirSync(dir).filter((each) => each.endsWith("good.go")))
    rmSync(path.join(dir, file));
  const before = allocations(dir, []);
  const applied: Offer[] = [];
  let last = before;
  for (;;) {
    const measured = await measure(dir);
    const { attempts, reasons } = await attemptsFor(dir, measured);
    const best = attempts.sort((a, b) => a.allocations - b.allocations)[0];
    if (values.offers) for (const each of attempts) console.log(`    ${toldAttempt(each)}`);
    if (best === undefined || best.allocations >= last) {
      if (values.reasons) for (const reason of reasons) console.log(`    ${reason}`);
      break;
    }
    for (const [file, text] of best.texts) writeFileSync(file, text);
    last = best.allocations;
    applied.push(best.offer);
  }
  const why = unfixable[name];
  const isExpected =
    source === patterns
      ? why === undefined
        ? last < before
        : last === before
      : isAsWanted(
          dir,
          applied.map(({ proposal }) => proposal.fix),
        );
  const note =
    applied.length > 0 ? applied.map(described).join("; then ") : `none: ${why ?? "none is offered"}`;
  row(name, String(before), String(last), String(byHand), isExpected ? note : `UNEXPECTED ${note}`);
  return isExpected;
}

/** Whether the fixes are those that the program's fix.txt names, where it has one. */
function isAsWanted(dir: string, fixes: readonly string[]): boolean {
  const file = path.join(dir, "fix.txt");
  if (!existsSync(file)) return true;
  const wanted = readFileSync(file, "utf8").trim();
  return (fixes.join(" ") || "none") === wanted;
}

async function measure(dir: string): Promise<MeasuredPackage> {
  const loaded = await load(root, [`./${path.basename(dir)}`]);
  const [goPackage] = loaded.packages;
  if (goPackage === undefined) throw new Error(`There is no package in ${dir}.`);
  return new PackageLens(loaded).measure(goPackage, new Map());
}

/** Each fix that is offered anywhere in the program, measured alone; the files are as before afterwards. */
async function attemptsFor(dir: string, measured: MeasuredPackage) {
  const attempts: Attempt[] = [];
  const reasons = new Set<string>();
  const seen = new Set<string>();
  for (const site of measured.sites.filter(({ file }) => !file.endsWith("_test.go"))) {
    const { offers, rejections } = await measured.offers.of(site, measured, noSignal);
    for (const rejection of rejections) reasons.add(`${rejection.fix}: ${rejectionReason(rejection)}`);
    for (const offer of offers) {
      const key = JSON.stringify([...offer.proposal.edit]);
      if (offer.proposal.fix === "suppress" || seen.has(key)) continue;
      seen.add(key);
      attempts.push(attempt(dir, offer, measured));
    }
  }
  return { attempts, reasons };
}

function attempt(dir: string, offer: Offer, { snapshot }: MeasuredPackage): Attempt {
  const texts = new Map(
    [...applyEdit(offer.proposal.edit, snapshot)].map(([file, { text }]) => [file, text]),
  );
  for (const [file, text] of texts) {
    writeFileSync(file, text);
    const gofmt = execFileSync("gofmt", ["-l", file], { encoding: "utf8" });
    if (gofmt !== "") throw new Error(`gofmt would change ${file} after ${offer.proposal.fix}`);
  }
  const after = allocationsOrNone(dir);
  for (const file of texts.keys()) writeFileSync(file, snapshot.texts.get(file)?.text ?? "");
  return { offer, texts, allocations: after };
}

function toldAttempt({ offer, allocations: count }: Attempt): string {
  const { behaviour } = offer.proposal;
  return `${String(count).padStart(4)} ${offerTitle(offer)}${behaviour === null ? "" : ` [${behaviour}]`}`;
}

function described({ proposal, verdict }: Offer): string {
  const asks = proposal.behaviour !== null ? ", asks" : proposal.isPreferred ? "" : ", not preferred";
  return `${proposal.fix} (${proposal.proof} ${verdict.kind}${asks})`;
}

/** Infinity where the program no longer does what it did: its own checks panic. */
function allocationsOrNone(dir: string): number {
  try {
    return allocations(dir, []);
  } catch {
    return Infinity;
  }
}

/** Allocations of one `Op`, as the program's own test counts them. */
function allocations(dir: string, flags: readonly string[]): number {
  const args = ["test", "-count=1", "-vet=off", "-v", "-run", "TestAllocs", ...flags, "."];
  const output = execFileSync("go", args, { cwd: dir, encoding: "utf8", stdio: "pipe" });
  const count = /ALLOCS=(\d+)/.exec(output)?.[1];
  if (count === undefined) throw new Error(output);
  return Number(count);
}

function row(name: string, before: string, after: string, byHand: string, fix: string): void {
  console.log(`${name.padEnd(34)} ${before.padStart(6)} ${after.padStart(6)} ${byHand.padStart(8)}  ${fix}`);
}
