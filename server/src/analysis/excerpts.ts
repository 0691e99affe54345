/** What excerpts of one package are made from: of the variant that was compiled last as a whole for a file. */
import { setImmediate } from "node:timers/promises";
import type { CalleeSummaries } from "../compiler/calleeSummaries.js";
import type { PackageVariant } from "../go/packages.js";
import { type FileBodies, functionBodies } from "../syntax/functionBodies.js";
import type { SourceText } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { type BaseFile, type Excerpt, ExcerptBase, excerptOf } from "./excerpt.js";

/** Milliseconds to the verdicts of the whole package from which something is won. */
const worthwhile = 200;

/** Excerpts that did not compile, although the package did: more are not tried. */
const failuresLimit = 3;

export class Excerpts {
  #variant: string | undefined;
  #base: ExcerptBase | undefined;
  #failures: readonly string[] = [];

  /**
   * Takes what was said of a variant with these texts (by absolute path), in `time` milliseconds. Resolves when excerpts of
   * later texts can be made; rejects when the signal fires, and excerpts are made as before.
   */
  async learn(
    { id, files }: PackageVariant,
    texts: ReadonlyMap<string, SourceText>,
    { summaries, time }: { readonly summaries: CalleeSummaries; readonly time: number },
    signal: AbortSignal,
  ): Promise<void> {
    if (time < worthwhile || this.#failures.length >= failuresLimit) {
      this.#base = undefined;
      return;
    }
    const known = new Map<string, BaseFile>();
    for (const file of files) {
      const source = texts.get(file);
      // Too large to be parsed.
      if (source === undefined) return;
      const before = this.#base?.files.get(file);
      if (before?.source !== source) await setImmediate();
      signal.throwIfAborted();
      known.set(file, before?.source === source ? before : { source, bodies: bodiesOf(source) });
    }
    this.#variant = id;
    this.#base = new ExcerptBase(known, summaries);
  }

  /** The excerpt for the present texts of a variant; undefined where there is none that says what the whole would. */
  of({ id, files }: PackageVariant, texts: ReadonlyMap<string, SourceText>): Excerpt | undefined {
    if (this.#base === undefined || this.#variant !== id) return undefined;
    const own = files.flatMap((file) => {
      const source = texts.get(file);
      return source === undefined ? [] : [[file, source] as const];
    });
    return excerptOf(this.#base, new Map(own));
  }

  /** Takes why an excerpt did not compile where the package did. Returns whether that was said for the first time. */
  failed(reason: string): boolean {
    const isNew = !this.#failures.includes(reason);
    this.#failures = [...this.#failures, reason];
    if (this.#failures.length >= failuresLimit) this.#base = undefined;
    return isNew;
  }
}

function bodiesOf(source: SourceText): FileBodies | undefined {
  return withTree(source, (tree) => functionBodies(tree));
}
