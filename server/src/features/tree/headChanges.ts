/** Which lines of the workspace differ from git's HEAD: read from git when somebody asks, and kept through edits. */
import path from "node:path";
import type { TextChange } from "../../analysis/remap.js";
import { type Git, gitIn } from "../../gate/git.js";
import type { Range } from "../../syntax/sourceText.js";
import { editedSpans, type LineSpan, parseDiff, touchesSpan } from "./lineChanges.js";

/** A file that HEAD does not have. */
const wholeFile: readonly LineSpan[] = [{ start: 0, end: Infinity }];

/** Milliseconds for which an answer of git is good enough: somebody who opens nodes asks many times. */
const goodFor = 2000;

/** Milliseconds after which git is no longer waited for. */
const patience = 20_000;

export class HeadChanges {
  /** By absolute path. */
  #spans = new Map<string, readonly LineSpan[]>();
  /** By absolute path, the edits that are not on disk, where git cannot see them. */
  readonly #unsaved = new Map<string, TextChange[]>();
  #readAt = -Infinity;
  #revision = 0;

  /** A number that is another one after each change of what is known. */
  get revision(): number {
    return this.#revision;
  }

  /** Asks git anew, unless it has just answered. Rejects with RevisionError, and with AbortError. */
  async read(folders: readonly string[], signal: AbortSignal): Promise<void> {
    if (performance.now() - this.#readAt < goodFor) return;
    const spans = new Map<string, readonly LineSpan[]>();
    for (const folder of folders) {
      const git = await gitIn(folder, { signal, timeLimit: patience });
      for (const [file, changed] of await changesIn(folder, git)) spans.set(file, changed);
    }
    this.#spans = spans;
    for (const [file, changes] of this.#unsaved) this.#apply(file, changes);
    this.#revision++;
    this.#readAt = performance.now();
  }

  /** The document was edited. Its lines count as changed before it is saved. */
  edited(file: string, changes: readonly TextChange[]): void {
    this.#unsaved.set(file, [...(this.#unsaved.get(file) ?? []), ...changes]);
    this.#apply(file, changes);
  }

  /** The document was saved, or closed without: what is on disk counts, and the next `read` asks git. */
  settled(file: string): void {
    this.#unsaved.delete(file);
    this.#readAt = -Infinity;
  }

  /** Whether a line of the range differs from HEAD. */
  touches(file: string, range: Range): boolean {
    const spans = this.#spans.get(file);
    return spans !== undefined && touchesSpan(range, spans);
  }

  #apply(file: string, changes: readonly TextChange[]): void {
    this.#spans.set(file, changes.reduce(editedSpans, this.#spans.get(file) ?? []));
    this.#revision++;
  }
}

async function changesIn(folder: string, git: Git): Promise<Map<string, readonly LineSpan[]>> {
  const others = (await git("ls-files", "--others", "--exclude-standard", "-z", "--", "*.go")).split("\0");
  const changed = new Map<string, readonly LineSpan[]>();
  for (const file of others) if (file !== "") changed.set(path.join(folder, file), wholeFile);
  for (const [file, spans] of parseDiff(await diff(git))) changed.set(path.join(folder, file), spans);
  return changed;
}

/** Programs that the repository's configuration names for diffs are not run, nor git in its submodules. */
async function diff(git: Git): Promise<string> {
  const plain = ["--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"];
  const own = "--ignore-submodules=all";
  const base = await git("rev-parse", "--verify", "--quiet", "HEAD^{commit}").catch(() => undefined);
  // Before the first commit everything that git knows of is new: it differs from the empty tree.
  const tree = base?.trim() ?? (await git("hash-object", "-t", "tree", "--stdin")).trim();
  return git("diff", "--unified=0", "--relative", "--find-renames", own, ...plain, tree, "--", "*.go");
}
