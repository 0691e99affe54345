/**
 * Does the evidence say what programs do? Each program of test/cases/patterns is judged from its sites and measured with
 * testing.AllocsPerRun, by the same version of Go. Prints a table and every disagreement.
 * Usage: node test/out/conformance/evidence.mjs [--all] [FOLDER | FILE.txtar]   GOTOOLCHAIN chooses another version of Go.
 * Other programs than these are a package each, with Op and a test that prints its allocations, or test/cases/programs.txtar.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Site } from "../../server/src/analysis/site.js";
import { localName } from "../../server/src/evidence/declaredNames.js";
import { load } from "../harness/packages.js";
import { testData } from "../harness/paths.js";
import { CallGraphReader } from "./callGraph.js";
import { evidenceOf } from "./evidenceRun.js";
import { OtherPackages } from "./otherPackages.js";
import { hasVersion, placePrograms } from "./programs.js";

/** yes: it allocates each time; depends: on data; elsewhere: in code of other packages, which this one's does not show. */
type ProgramVerdict = "yes" | "depends" | "elsewhere" | "no";

interface Program {
  readonly name: string;
  readonly verdict: ProgramVerdict;
  /** Allocations of one Op. */
  readonly measured: number;
  readonly why: string;
}

/** Why a verdict and the measurement differ, where that was looked into. */
const causes: Readonly<Record<string, string>> = {
  "22-make-nonconst-local good":
    "the program's own test of the length keeps Op from the make, which does allocate when reached",
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { all: { type: "boolean" } } });
const showAll = values.all === true;
const source = path.resolve(positionals[0] ?? path.join(testData, "cases/patterns"));
const programs: Program[] = [];
let version = "";
for (const tags of ["", "good"]) programs.push(...(await judge(tags)));
report();

async function judge(tags: string): Promise<Program[]> {
  const root = realpathSync(mkdtempSync(path.join(tmpdir(), "escape-lens-evidence-")));
  try {
    placePrograms(source, root);
    const measured = measure(root, tags);
    const loaded = await load(root, ["./..."], { tests: false, tags });
    version = loaded.setup.info.versionText;
    const graphs = new Map<string, CallGraphReader>();
    const runs = await evidenceOf(loaded, {
      mapGrowth: true,
      onText: (importPath, text) => {
        const graph = graphs.get(importPath) ?? new CallGraphReader();
        graphs.set(importPath, graph);
        graph.push(text);
      },
    });
    const others = new OtherPackages(root, tags);
    return [...runs].flatMap(([importPath, { sites }]) => {
      const allocations = measured.get(importPath);
      const graph = graphs.get(importPath);
      const isJudged = hasVersion(path.join(root, path.basename(importPath)), tags);
      if (allocations === undefined || graph === undefined || !isJudged) return [];
      const name = `${path.basename(importPath)} ${tags === "" ? "bad" : tags}`;
      return [{ name, measured: allocations, ...verdictOf(importPath, sites, graph, others) }];
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function measure(root: string, tags: string): Map<string, number> {
  const args = ["test", `-tags=${tags}`, "-count=1", "-run=TestAllocs", "-v", "-json", "./..."];
  const { stdout, status } = spawnSync("go", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(stdout.slice(-2000));
  const found = new Map<string, number>();
  for (const line of stdout.split("\n")) {
    if (line === "") continue;
    const { Package, Output } = JSON.parse(line) as { Package?: string; Output?: string };
    const allocations = /ALLOCS=([\d.]+)/.exec(Output ?? "")?.[1];
    if (allocations !== undefined && Package !== undefined) found.set(Package, Number(allocations));
  }
  return found;
}

/** What the sites that Op can reach say together; what only runs at start-up or before a panic does not count. */
function verdictOf(
  importPath: string,
  sites: readonly Site[],
  reader: CallGraphReader,
  others: OtherPackages,
): Pick<Program, "verdict" | "why"> {
  const { reachable, possible, outside } = reader.from(`${importPath}.Op`);
  const liveIn = (symbols: ReadonlySet<string>) => {
    const declarations = new Set([...symbols].flatMap((symbol) => declarationsIn(symbol)));
    return sites.filter(
      ({ context, function: name }) => context !== "panic" && context !== "init" && declarations.has(name),
    );
  };
  const live = liveIn(reachable);
  const words = (of: readonly Site[]) =>
    of
      .map((site) => `${site.range.start.line + 1} ${site.expression} ${site.allocates} ${site.when ?? ""}`)
      .join("; ");
  const sure = live.filter(({ allocates }) => allocates === "yes" || allocates === "likely");
  if (sure.length > 0) return { verdict: "yes", why: words(sure) };
  const open = [...live, ...liveIn(possible)].filter(({ allocates }) => allocates !== "no");
  if (open.length > 0) return { verdict: "depends", why: words(open) };
  const foreign = [
    ...[...outside].filter((symbol) => !others.neverAllocate([symbol])),
    ...[...reachable].filter((symbol) => reader.isForeignInstance(symbol, importPath)),
  ];
  return foreign.length > 0 ? { verdict: "elsewhere", why: foreign.join(", ") } : { verdict: "no", why: "" };
}

/** Closures of functions that were inlined stand below the function around them: `Op.logged.func1`. */
function declarationsIn(symbol: string): string[] {
  const parts = localName(symbol)
    .replace(/-range\d+/g, "")
    .split(".");
  return parts.flatMap((part, index) => [part, `${part}.${parts[index + 1] ?? ""}`]);
}

function report(): void {
  const isRight = ({ verdict, measured }: Program) => (verdict === "yes") === measured > 0;
  const decided = programs.filter(({ verdict }) => verdict === "yes" || verdict === "no");
  const wrong = decided.filter((program) => !isRight(program));
  const wrongNo = wrong.filter(({ verdict }) => verdict === "no");
  console.log(`${version}, ${programs.length} programs`);
  console.log("verdict     allocates   does not");
  for (const verdict of ["yes", "depends", "elsewhere", "no"] as const) {
    const of = programs.filter((program) => program.verdict === verdict);
    const allocating = of.filter(({ measured }) => measured > 0).length;
    console.log(
      `${verdict.padEnd(10)} ${String(allocating).padStart(10)} ${String(of.length - allocating).padStart(10)}`,
    );
  }
  for (const { name, verdict, measured, why } of showAll ? programs : wrong) {
    console.log(`  ${name}: ${verdict}, measured ${measured}: ${why}`);
    if (causes[name] !== undefined) console.log(`    cause: ${causes[name]}`);
  }
  const share = (part: number, whole: number) =>
    `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
  console.log(`decided     ${share(decided.length, programs.length)}`);
  console.log(`right       ${share(decided.length - wrong.length, decided.length)}`);
  console.log(`wrong "no"  ${wrongNo.length}`);
  const isWell =
    wrongNo.length === 0 &&
    decided.length - wrong.length >= 0.97 * decided.length &&
    decided.length >= 0.78 * programs.length;
  process.exitCode = isWell ? 0 : 1;
}
