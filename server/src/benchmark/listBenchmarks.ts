/** The benchmarks of a package, and which of them may run what differs between two texts. */
import type { Snapshot } from "../analysis/snapshot.js";
import { type Declarations, declarationsOf, reachable } from "../proving/declarations.js";
import { functionsOf } from "../syntax/functionList.js";
import { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";

export interface ListedBenchmark {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** From 0. */
  readonly line: number;
  /** Whether it may run what is asked about, as far as names tell. */
  readonly reaches: boolean;
}

/** A cheap answer for menus: whether a package has any. */
export function hasBenchmarks({
  texts,
}: {
  /** By path. */
  readonly texts: ReadonlyMap<string, { readonly text: string }>;
}): boolean {
  return [...texts].some(([file, { text }]) => file.endsWith("_test.go") && /^func Benchmark/m.test(text));
}

/**
 * All benchmarks of the package's tests (`go help testfunc`), in the order of files and lines.
 *
 * @param names Bare names of declarations; calls through interfaces count by the name of the method.
 */
export function listBenchmarks(
  { texts }: Pick<Snapshot, "texts">,
  names: ReadonlySet<string>,
): ListedBenchmark[] {
  const declarations = declarationsOf(texts.values());
  return [...texts]
    .filter(([file]) => file.endsWith("_test.go"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([file, source]) =>
      benchmarksIn(source).map(({ name, line }) => ({
        ...{ name, file, line },
        reaches: mayReach(name, names, declarations),
      })),
    );
}

function benchmarksIn(source: SourceText): { readonly name: string; readonly line: number }[] {
  return withTree(source, (tree) =>
    functionsOf(tree)
      .filter(({ name, parameters }) => {
        const [parameter, ...others] = parameters;
        const isRun = /^Benchmark(?!\p{Ll})/u.test(name) && others.length === 0;
        return isRun && parameter !== undefined && /^\*(?:\w+\.)?B$/.test(parameter.type);
      })
      .map(({ name, nameSpan }) => ({ name, line: source.range(nameSpan.start, nameSpan.start).start.line })),
  );
}

function mayReach(benchmark: string, names: ReadonlySet<string>, declarations: Declarations): boolean {
  for (const { name } of reachable([benchmark], declarations)) if (names.has(name)) return true;
  return false;
}

/**
 * Bare names of what a package declares otherwise than before: what was not there counts, what is gone does not.
 *
 * @param before The texts of before by the absolute paths of now; undefined for files that there were not.
 */
export function changedNames(
  { texts }: Pick<Snapshot, "texts">,
  before: ReadonlyMap<string, string | undefined>,
): Set<string> {
  const changed = new Set<string>();
  for (const [file, source] of texts) {
    const old = before.get(file);
    if (old === source.text) continue;
    const known = old === undefined ? new Map<string, never>() : declarationsOf([new SourceText(old)]);
    for (const [name, declared] of declarationsOf([source])) {
      const unchanged = new Set(known.get(name)?.map(({ text }) => text));
      if (declared.some(({ text }) => !unchanged.has(text))) changed.add(name);
    }
  }
  return changed;
}

/** What -bench takes for exactly these. */
export function namesPattern(names: readonly string[]): string {
  return `^(?:${names.join("|")})$`;
}
