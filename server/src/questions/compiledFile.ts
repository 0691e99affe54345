/** One file as the compiler sees it now, with all that it says about it: what stays on the stack included. */
import { FunctionTable } from "../analysis/functionTable.js";
import type { LocatedPackage } from "../analysis/packageLocator.js";
import { packageSites } from "../analysis/packageSites.js";
import { partsOf } from "../analysis/packageState.js";
import type { Site } from "../analysis/site.js";
import type { Snapshot } from "../analysis/snapshot.js";
import type { CaptureFact, LeakFact, LeakFlowFact, StackFact } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import { compileProblem, generalProblem, type GoProblem } from "../go/problems.js";
import type { GoPackage } from "../go/packages.js";
import type { SourceText } from "../syntax/sourceText.js";

export interface CompiledFile {
  /** Absolute path. */
  readonly file: string;
  readonly source: SourceText;
  /** The part of the package (packageState.ts) that has the file. */
  readonly part: GoPackage;
  /** In source order. */
  readonly sites: readonly Site[];
  /** The functions of the package. */
  readonly functions: FunctionTable;
  /** What was said of this file, each once. */
  readonly stack: readonly StackFact[];
  readonly captures: readonly CaptureFact[];
  readonly leaks: readonly LeakFact[];
}

/**
 * Why the parameters of a file leak: the compiler explains that only where somebody asks, because it takes nine tenths of
 * its text. Rejects as the engine does.
 */
export async function leakFlows(
  { file, part }: Pick<CompiledFile, "file" | "part">,
  snapshot: Snapshot,
  { engine }: Pick<LocatedPackage, "engine">,
  signal: AbortSignal,
): Promise<readonly LeakFlowFact[]> {
  const variants = part.variants.filter(({ files }) => files.includes(file)).slice(0, 1);
  const flows: LeakFlowFact[] = [];
  const bases = snapshot.package.variants;
  for await (const fact of engine.compile(variants, snapshot.overlays, signal, bases, file))
    if (fact.kind === "leak-flow") flows.push(fact);
  return flows;
}

/**
 * Compiles the variants of a package that have a file, with the snapshot's texts. Rejects as the engine does.
 */
export async function compileFile(
  file: string,
  snapshot: Snapshot,
  { engine }: Pick<LocatedPackage, "engine">,
  signal: AbortSignal,
): Promise<CompiledFile | { readonly problem: GoProblem }> {
  const source = snapshot.texts.get(file);
  const part = partsOf(snapshot.package).find(({ variants }) =>
    variants.some((each) => each.files.includes(file)),
  );
  if (source === undefined || part === undefined)
    return { problem: generalProblem("not-in-workspace", `no package lists ${file}`) };
  const variants = part.variants.filter(({ files }) => files.includes(file));
  const collector = new FactCollector();
  const own = new OwnFacts(file);
  const bases = snapshot.package.variants;
  for await (const fact of engine.compile(variants, snapshot.overlays, signal, bases)) {
    if (fact.kind === "error") return { problem: compileProblem(fact.message) };
    if (fact.kind === "unknown" || fact.kind === "progress") continue;
    collector.add(fact);
    if (fact.kind === "stack" || fact.kind === "capture" || fact.kind === "leak") own.add(fact);
  }
  signal.throwIfAborted();
  const textOf = (name: string) => Promise.resolve(name === file ? source : undefined);
  const { sites } = await packageSites({ ...part, variants }, () => null, collector, textOf);
  const functions = functionsOf(
    variants.flatMap(({ files }) => files),
    part.importPath,
    snapshot,
    collector,
  );
  return { file, source, part, sites, functions, ...own.facts() };
}

/** Files are parsed when somebody asks for a function in them. */
function functionsOf(
  files: readonly string[],
  importPath: string,
  snapshot: Snapshot,
  collector: FactCollector,
): FunctionTable {
  const table = new FunctionTable();
  for (const file of new Set(files)) {
    const source = snapshot.texts.get(file);
    const facts = collector.declaredIn(file);
    if (source !== undefined) table.put({ file, importPath, source, facts, inlinedCalls: [] });
  }
  return table;
}

/** The facts about one file; several variants and instances repeat them. */
class OwnFacts {
  readonly #file: string;
  readonly #stack = new Map<string, StackFact>();
  readonly #captures = new Map<string, CaptureFact>();
  readonly #leaks = new Map<string, LeakFact>();

  constructor(file: string) {
    this.#file = file;
  }

  add(fact: StackFact | CaptureFact | LeakFact): void {
    if (fact.position.file !== this.#file) return;
    const key = JSON.stringify(fact);
    if (fact.kind === "stack") this.#stack.set(key, fact);
    else if (fact.kind === "capture") this.#captures.set(key, fact);
    else this.#leaks.set(key, fact);
  }

  facts(): Pick<CompiledFile, "stack" | "captures" | "leaks"> {
    return {
      stack: [...this.#stack.values()],
      captures: [...this.#captures.values()],
      leaks: [...this.#leaks.values()],
    };
  }
}
