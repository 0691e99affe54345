/** What an excerpt of each function of a package says of it, held against what the whole package says. */
import { readFileSync } from "node:fs";
import { ExcerptBase, excerptOf } from "../../server/src/analysis/excerpt.js";
import { excerptSites } from "../../server/src/analysis/excerptSites.js";
import { type SiteDraft, siteDraftsOfFile } from "../../server/src/analysis/fileSites.js";
import { CalleeSummaries } from "../../server/src/compiler/calleeSummaries.js";
import type { Engine } from "../../server/src/compiler/engine.js";
import { FactCollector } from "../../server/src/compiler/fileFacts.js";
import { hasSharedLoopVariables, type PackageVariant } from "../../server/src/go/packages.js";
import { type FunctionBody, functionBodies } from "../../server/src/syntax/functionBodies.js";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { withTree } from "../../server/src/syntax/treeSitter.js";

export interface ExcerptOutcome {
  readonly function: string;
  readonly file: string;
  /** False where none can be made, which is what is to be for generic functions. */
  readonly isMade: boolean;
  /** Why it does not compile. */
  readonly failure?: string;
  /** Sites that only one of them has, each a line; where callers have the body, only the excerpt's. */
  readonly places: readonly string[];
  /** Sites at the same place of which the two say different things. */
  readonly words: readonly string[];
  readonly sites: number;
  /** Milliseconds. */
  readonly time: number;
}

export interface WholePackage {
  readonly base: ExcerptBase;
  readonly sites: ReadonlyMap<string, readonly SiteDraft[]>;
  /** Milliseconds to its verdicts. */
  readonly time: number;
}

export async function wholePackage(
  engine: Engine,
  variant: PackageVariant,
  signal: AbortSignal,
): Promise<WholePackage> {
  const collector = new FactCollector();
  const summaries = new CalleeSummaries();
  const started = performance.now();
  let time = 0;
  for await (const fact of engine.compile([variant], new Map(), signal)) {
    if (fact.kind === "error") throw new Error(fact.message);
    if (fact.kind === "progress" && fact.done === "verdicts") time = performance.now() - started;
    collector.add(fact);
    summaries.add(fact);
  }
  const sharesLoopVariables = hasSharedLoopVariables([variant]);
  const { importPath } = variant;
  const sources = variant.files.map((file) => ({ file, source: new SourceText(readFileSync(file, "utf8")) }));
  const files = new Map(
    sources.map(({ file, source }) => [file, { source, bodies: withTree(source, functionBodies) }]),
  );
  const sites = new Map(
    sources.map(({ file, source }) => {
      const facts = collector.of(file);
      return [file, siteDraftsOfFile({ file, importPath, source, facts, sharesLoopVariables })];
    }),
  );
  return { base: new ExcerptBase(files, summaries), sites, time };
}

/** Functions of the package with a body. */
export function functionsIn({ base }: WholePackage): { file: string; function: FunctionBody }[] {
  return [...base.files].flatMap(([file, { bodies }]) =>
    (bodies?.functions ?? []).map((each) => ({ file, function: each })),
  );
}

/** Edits a function without any effect, and compares. */
export async function excerptOutcome(
  engine: Engine,
  variant: PackageVariant,
  whole: WholePackage,
  { file, function: edited }: { readonly file: string; readonly function: FunctionBody },
  signal: AbortSignal,
): Promise<ExcerptOutcome> {
  const before = whole.base.files.get(file)!.source;
  const { text } = before;
  const end = edited.body.end - 1;
  const source = new SourceText(`${text.slice(0, end)} ${text.slice(end)}`);
  const texts = new Map([...whole.base.files].map(([each, known]) => [each, known.source]));
  const started = performance.now();
  const excerpt = excerptOf(whole.base, texts.set(file, source));
  const snapshot = { overlays: new Map([[file, source.text]]), texts };
  const found = excerpt && (await excerptSites(excerpt, { engine, variant, snapshot }, signal));
  const time = performance.now() - started;
  const outcome = { function: edited.name, file, time, places: [], words: [], sites: 0 };
  if (typeof found === "string") return { ...outcome, isMade: true, failure: found };
  if (excerpt === undefined || found === undefined) return { ...outcome, isMade: false };
  const expected = (whole.sites.get(file) ?? []).filter(
    ({ range: { start } }) => excerpt.firstLine - 1 <= start.line && start.line <= excerpt.lastLine - 1,
  );
  const [there, here] = [byPlace(expected), byPlace(found.sites)];
  const extra = [...here.keys()].filter((place) => !there.has(place)).map((place) => `extra ${place}`);
  const missing = [...there.keys()].filter((place) => !here.has(place)).map((place) => `missing ${place}`);
  const words = [...here].flatMap(([place, said]) => {
    const whole = there.get(place) ?? said;
    return whole === said ? [] : [`${place}: ${said} instead of ${whole}`];
  });
  const places = found.isInlined ? extra : [...extra, ...missing];
  return { ...outcome, isMade: true, places, words, sites: here.size };
}

function byPlace(sites: readonly SiteDraft[]): Map<string, string> {
  return new Map(
    sites.map(({ range: { start, end }, kind, form, reason, callee, allocates, when, expression }) => [
      `${start.line + 1}:${start.character} to ${end.line + 1}:${end.character} ${kind} ${expression}`,
      JSON.stringify({ form, reason, callee: callee ?? null, allocates, when }),
    ]),
  );
}
