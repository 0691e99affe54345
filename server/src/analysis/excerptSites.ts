/** The sites of the function that is being edited, from a compile of little more than that function. */
import type { Engine } from "../compiler/engine.js";
import type { CompilerPosition } from "../compiler/facts.js";
import { FactCollector } from "../compiler/fileFacts.js";
import { hasSharedLoopVariables, type PackageVariant } from "../go/packages.js";
import { prepareTreeAhead } from "../syntax/treeSitter.js";
import type { Excerpt } from "./excerpt.js";
import { siteDraftsInTurns } from "./fileSites.js";
import type { Site } from "./site.js";
import { identified } from "./siteId.js";
import type { Snapshot } from "./snapshot.js";

export interface ExcerptFound {
  /** In source order. */
  readonly sites: readonly Site[];
  /** Whether callers may have a body of what was edited: what they say of its lines is not known. */
  readonly isInlined: boolean;
}

export interface ExcerptInput {
  readonly engine: Engine;
  readonly variant: PackageVariant;
  readonly snapshot: Pick<Snapshot, "overlays" | "texts">;
}

/** The compile of an excerpt, beside that of its package. */
export interface RunningExcerpt {
  /** Why it does not compile; undefined when its sites are shown, or cannot be had. Does not reject. */
  readonly shown: Promise<string | undefined>;
  /** Nothing is shown from now on. */
  readonly stop: () => void;
}

/** Begins to look for the sites of an excerpt, and shows them when they are there, unless the signal has fired. */
export function startExcerpt(
  excerpt: Excerpt,
  input: ExcerptInput & { readonly show: (found: ExcerptFound) => void },
  signal: AbortSignal,
): RunningExcerpt {
  const own = new AbortController();
  const either = AbortSignal.any([signal, own.signal]);
  const run = async (): Promise<string | undefined> => {
    const found = await excerptSites(excerpt, input, either);
    if (typeof found === "string") return found;
    if (found !== undefined && !either.aborted) input.show(found);
    return undefined;
  };
  return {
    // Whatever goes wrong, the whole package is compiled as well.
    shown: run().catch(() => undefined),
    stop: () => {
      own.abort();
    },
  };
}

/**
 * The sites that stand in the excerpt's lines; a string says why it does not compile. Undefined where it cannot be compiled
 * apart. Rejects as the engine does.
 */
export async function excerptSites(
  excerpt: Excerpt,
  { engine, variant, snapshot }: ExcerptInput,
  signal: AbortSignal,
): Promise<ExcerptFound | string | undefined> {
  const source = snapshot.texts.get(excerpt.file);
  const groups = await engine.excerptOf(variant, snapshot.overlays, excerpt.texts, signal);
  if (source === undefined || groups === undefined) return undefined;
  const collector = new FactCollector();
  let isJudged = false;
  let isInlined = excerpt.wasInlined;
  const stopPreparing = prepareTreeAhead(source, signal);
  try {
    for await (const facts of groups) {
      for (const fact of facts) {
        if (fact.kind === "error") return fact.message;
        if (fact.kind === "progress") isJudged = true;
        if (!("position" in fact) || !isWithin(fact.position, excerpt)) continue;
        collector.add(fact);
        if (fact.kind === "inline" && fact.obstacle === undefined) isInlined = true;
      }
      if (isJudged) break;
    }
  } finally {
    stopPreparing();
  }
  if (!isJudged) return undefined;
  const { file } = excerpt;
  const { importPath } = variant;
  const facts = collector.of(file);
  const sharesLoopVariables = hasSharedLoopVariables([variant]);
  const drafts = await siteDraftsInTurns({ file, importPath, source, facts, sharesLoopVariables });
  const { firstLine, lastLine } = excerpt;
  // What only the syntax tells is told of the whole file.
  const own = drafts.filter(
    ({ range: { start } }) => firstLine - 1 <= start.line && start.line <= lastLine - 1,
  );
  return { sites: identified(own), isInlined };
}

function isWithin(position: CompilerPosition | undefined, { file, firstLine, lastLine }: Excerpt): boolean {
  return position?.file === file && firstLine <= position.line && position.line <= lastLine;
}
