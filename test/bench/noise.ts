/**
 * How loud is the tool at its default settings? For real modules: what VS Code's Problems list would show if every file were
 * open (information and above; hints are not listed there), for each thousand lines of Go without tests and generated files,
 * and what makes up most of it. Fails above ten. Usage: node test/out/bench/noise.mjs [module@version …]
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { isAtLeast, type Severity } from "../../server/src/analysis/severity.js";
import { isGenerated } from "../../server/src/syntax/generated.js";
import type { Range } from "../../server/src/syntax/sourceText.js";
import { load, textOf } from "../harness/packages.js";
import { realModule } from "../harness/realModule.js";
import { checkedSites } from "./lib/checkedSites.js";
import { operands } from "./lib/options.js";

/** Entries for each thousand lines. */
const limit = 10;

/** Kinds of entries that are printed for each module. */
const shownKinds = 6;

interface JsonSite {
  readonly file: string;
  readonly kind: string;
  readonly reason: string;
  readonly severity: Severity;
  readonly inlinedFrom: string | null;
  readonly range: Range;
}

const standard = [
  "github.com/klauspost/compress@v1.17.11",
  "github.com/yuin/goldmark@v1.7.8",
  "github.com/go-chi/chi/v5@v5.2.1",
];

let isQuiet = true;
for (const name of operands.length > 0 ? operands : standard) {
  const module = realModule(name);
  try {
    const lines = await linesOf(module.dir);
    const sites = entriesOf(module.dir);
    const share = (1000 * sites.length) / lines;
    isQuiet &&= share <= limit;
    const places = new Set(sites.map(({ file, range }) => `${file}:${range.start.line}`));
    console.log(
      `${name}: ${sites.length} entries on ${places.size} lines, of ${lines} lines of Go: ${share.toFixed(1)} for each 1,000`,
    );
    for (const [kind, count] of mostFrequent(sites.map(kindOf)))
      console.log(`  ${String(count).padStart(4)}  ${kind}`);
  } finally {
    module.dispose();
  }
}
process.exitCode = isQuiet ? 0 : 1;

/** Lines of the files that the go command compiles here, without tests and generated files. */
async function linesOf(dir: string): Promise<number> {
  const { packages } = await load(dir, ["./..."], { tests: false });
  const files = new Set(packages.flatMap(({ variants }) => variants.flatMap((variant) => variant.files)));
  let lines = 0;
  for (const file of files) {
    if (!path.relative(dir, file).startsWith("..") && !isGenerated(await textOf(file)))
      lines += readFileSync(file, "utf8").split("\n").length - 1;
  }
  return lines;
}

function entriesOf(dir: string): JsonSite[] {
  return entries(checkedSites<JsonSite>(dir).filter(({ severity }) => isAtLeast(severity, "information")));
}

/** What is inlined at one call is one entry (analysis/markers.ts). */
function entries(sites: readonly JsonSite[]): JsonSite[] {
  const calls = new Set<string>();
  return sites.filter(({ file, range, inlinedFrom }) => {
    const call = JSON.stringify([file, range]);
    if (inlinedFrom === null) return true;
    const isFirst = !calls.has(call);
    calls.add(call);
    return isFirst;
  });
}

function kindOf({ reason, kind, inlinedFrom }: JsonSite): string {
  if (kind === "hidden") return `${reason}, not reported by the compiler`;
  return inlinedFrom === null ? reason : `${reason}, inlined (${inlinedFrom})`;
}

function mostFrequent(kinds: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).slice(0, shownKinds);
}
