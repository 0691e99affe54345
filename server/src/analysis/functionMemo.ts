/** Remembers the sites of a file's functions, so that an edit costs the anchoring of one function. */
import type { Range } from "../syntax/sourceText.js";
import type { FunctionPart } from "./functionParts.js";
import type { SiteDraft } from "./fileSites.js";

interface Entry {
  readonly firstLine: number;
  readonly drafts: readonly SiteDraft[];
}

/** What was said of a file the last time and the time before: its plain variant's words, and its tests'. */
const generations = 2;

export class FunctionMemo {
  readonly #below: FunctionMemo | undefined;
  #entries: readonly ReadonlyMap<string, Entry>[] = [];

  /** What `below` remembers is known here too, and nothing is added to it. */
  constructor(below?: FunctionMemo) {
    this.#below = below;
  }

  /** The sites of a function of which all is as it was, at its present lines. */
  recall({ key, firstLine }: FunctionPart): readonly SiteDraft[] | undefined {
    const entry = this.#find(key());
    if (entry === undefined) return undefined;
    const lines = firstLine - entry.firstLine;
    return lines === 0 ? entry.drafts : entry.drafts.map((draft) => shifted(draft, lines));
  }

  /** Takes the sites of all functions of a file; what none of the last times had is forgotten. */
  remember(drafts: ReadonlyMap<FunctionPart, readonly SiteDraft[]>): void {
    const entries = new Map<string, Entry>();
    for (const [{ key, firstLine }, own] of drafts) entries.set(key(), { firstLine, drafts: own });
    this.#entries = [entries, ...this.#entries].slice(0, generations);
  }

  #find(key: string): Entry | undefined {
    for (const entries of this.#entries) {
      const entry = entries.get(key);
      if (entry !== undefined) return entry;
    }
    return this.#below === undefined ? undefined : this.#below.#find(key);
  }
}

function shifted(draft: SiteDraft, lines: number): SiteDraft {
  return {
    ...draft,
    range: shiftedRange(draft.range, lines),
    nodeRange: shiftedRange(draft.nodeRange, lines),
    flow: draft.flow.map((step) =>
      step.file !== draft.file || step.range === null
        ? step
        : { ...step, range: shiftedRange(step.range, lines) },
    ),
  };
}

function shiftedRange({ start, end }: Range, lines: number): Range {
  return { start: { ...start, line: start.line + lines }, end: { ...end, line: end.line + lines } };
}
