/** Decides when a package is analyzed: what happens in the editor and on disk comes in, requests to the analyzer go out. */
import path from "node:path";
import type { AnalysisRequest, Analyzer } from "./analysis/analyzer.js";
import type { Trigger } from "./analysis/packageRun.js";
import { readText } from "./analysis/readText.js";
import { hashOf } from "./analysis/snapshot.js";
import { type Documents, fileUri, goFilePath } from "./documents.js";
import type { DeclinedCode } from "./features/status.js";
import type { GoProblem } from "./go/problems.js";
import type { Settings } from "./settings.js";

/** Milliseconds without an edit after which a text is worth compiling: less than most people's pauses between words. */
const typingPause = 120;

/** Milliseconds without an edit after which the next one is compiled at once: it may well be the only one. */
const typingRest = 500;

export interface LiveAnalysisOptions {
  readonly analyzer: Pick<Analyzer, "analyze" | "interrupt" | "leave" | "dependsOn">;
  readonly documents: Pick<Documents, "get" | "goFiles">;
  settingsOf(uri: string): Promise<Settings>;
  /** Says why a document is not analyzed. */
  decline(uri: string, file: string, code: DeclinedCode): void;
}

export class LiveAnalysis {
  readonly #options: LiveAnalysisOptions;
  /** By folder, where somebody types: when it is to be analyzed, and when typing is over. */
  readonly #typing = new Map<string, readonly NodeJS.Timeout[]>();
  #isTrusted: boolean;

  constructor(options: LiveAnalysisOptions, isTrusted: boolean) {
    this.#options = options;
    this.#isTrusted = isTrusted;
  }

  get isTrusted(): boolean {
    return this.#isTrusted;
  }

  /** Nothing is run before this. */
  trust(): void {
    this.#isTrusted = true;
    void this.renew();
  }

  async opened(uri: string): Promise<void> {
    await this.#analyzeUnasked(uri);
  }

  /** Packages of other open documents that were compiled with this one follow it. */
  async saved(uri: string): Promise<void> {
    await this.#analyzeUnasked(uri, "save");
    const file = goFilePath(uri);
    if (file !== undefined) await this.#analyzeDependents([path.dirname(file)]);
  }

  /**
   * A document was closed, with this text. Where that was not what is on disk, packages of documents beside it were
   * compiled with what is gone now.
   */
  async closed(uri: string, text: string): Promise<void> {
    const file = goFilePath(uri);
    if (file === undefined) return;
    const folder = path.dirname(file);
    if (!this.#openByFolder().has(folder)) this.#options.analyzer.leave(folder);
    const disk = await readText(file).catch(() => undefined);
    if (disk !== undefined && hashOf(disk) === hashOf(text)) return;
    const beside = this.#openByFolder().get(folder);
    if (beside !== undefined) await this.#analyzeUnasked(fileUri(beside));
  }

  /**
   * A newer text ends the compile of the older one at once. The first edit after a rest is compiled at once, those that
   * follow as soon as nobody types.
   */
  async edited(uri: string): Promise<void> {
    const file = goFilePath(uri);
    if (file === undefined || !this.#isTrusted) return;
    const { analysis } = await this.#options.settingsOf(uri);
    const { analyzer, documents } = this.#options;
    if (analysis.run !== "onType") return;
    analyzer.interrupt(file);
    const folder = path.dirname(file);
    const analyze = () => {
      if (documents.get(uri) !== undefined) void analyzer.analyze(file, { trigger: "edit" });
    };
    const pause = this.#stopTyping(folder) ? typingPause : 0;
    const rest = setTimeout(() => this.#typing.delete(folder), typingRest);
    this.#typing.set(folder, [setTimeout(analyze, pause), rest]);
  }

  /** Files changed on disk, by a branch switch or a generator: open packages that have them are analyzed anew. */
  filesChanged(files: readonly string[]): void {
    const { documents } = this.#options;
    const folders = files
      .filter((file) => documents.get(fileUri(file)) === undefined)
      .map((file) => path.dirname(file));
    if (folders.length > 0) void this.#analyzeFolders(new Set(folders));
  }

  /** Analyzes the packages of all open documents because somebody asked for it. */
  async analyzeOpen(): Promise<void> {
    await Promise.all([...this.#openByFolder().values()].map((file) => this.analyze(file)));
  }

  /** What go is set up with has changed: open packages are analyzed anew. */
  async renew(): Promise<void> {
    await Promise.all([...this.#openByFolder().values()].map((file) => this.#analyzeUnasked(fileUri(file))));
  }

  /**
   * Analyzes the package of a file because somebody asked for it, or something that it depends on has changed. Ends when
   * the signal fires, and says so where nothing newer is at work.
   */
  async analyze(file: string, signal?: AbortSignal): Promise<void> {
    if (!this.#isTrusted) this.#options.decline(fileUri(file), file, "untrusted");
    else await this.#analyze(file, { signal });
  }

  /**
   * The same for somebody who waits for what allocates, and not for the fixes; returns why it came to nothing, else null.
   * Only in trusted workspaces: whoever calls this has asked.
   */
  async prove(file: string): Promise<GoProblem | null> {
    const outcome = await this.#analyze(file, { awaited: "evidence" });
    return outcome === "canceled" ? null : outcome;
  }

  stop(): void {
    for (const folder of this.#typing.keys()) this.#stopTyping(folder);
  }

  /** Returns whether somebody was typing. */
  #stopTyping(folder: string): boolean {
    for (const timer of this.#typing.get(folder) ?? []) clearTimeout(timer);
    return this.#typing.delete(folder);
  }

  /** A document was opened or saved: its package is analyzed unless the person wants to ask for it. */
  async #analyzeUnasked(uri: string, trigger: Trigger = "other"): Promise<void> {
    const file = goFilePath(uri);
    if (file === undefined) return;
    const { analysis } = await this.#options.settingsOf(uri);
    if (analysis.run === "manual") this.#options.decline(uri, file, "manual");
    else if (!this.#isTrusted) this.#options.decline(uri, file, "untrusted");
    else await this.#analyze(file, { trigger });
  }

  async #analyze(file: string, how: AnalysisRequest): Promise<GoProblem | "canceled" | null> {
    const folder = path.dirname(file);
    this.#stopTyping(folder);
    const outcome = await this.#options.analyzer.analyze(file, how);
    if (outcome === "canceled") this.#sayCanceled(folder);
    return outcome;
  }

  #sayCanceled(folder: string): void {
    for (const { path: file, document } of this.#options.documents.goFiles())
      if (path.dirname(file) === folder) this.#options.decline(document.uri, file, "canceled");
  }

  async #analyzeFolders(folders: ReadonlySet<string>): Promise<void> {
    const changed = [...this.#openByFolder()].filter(([folder]) => folders.has(folder));
    await Promise.all(changed.map(([, file]) => this.#analyzeUnasked(fileUri(file))));
    await this.#analyzeDependents([...folders]);
  }

  /** The analyzer finds out whether what they were compiled with is really another. */
  async #analyzeDependents(folders: readonly string[]): Promise<void> {
    const { analyzer } = this.#options;
    const dependents = [...this.#openByFolder()].filter(
      ([own, file]) => !folders.includes(own) && folders.some((folder) => analyzer.dependsOn(file, folder)),
    );
    await Promise.all(dependents.map(([, file]) => this.#analyzeUnasked(fileUri(file))));
  }

  /** One open file for each folder that has any. */
  #openByFolder(): ReadonlyMap<string, string> {
    return new Map(this.#options.documents.goFiles().map(({ path: file }) => [path.dirname(file), file]));
  }
}
