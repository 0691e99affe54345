/** Questions about code: each compiles the text of the editor as it is now, and answers from what the compiler says. */
import type { BuildOptions } from "../analysis/goSetups.js";
import { type FunctionInfo, functionAt } from "../analysis/functionInfo.js";
import type { LocatedPackage, PackageLocator } from "../analysis/packageLocator.js";
import { readText } from "../analysis/readText.js";
import type { Site } from "../analysis/site.js";
import type { PassedTo } from "../analysis/passedTo.js";
import { pagePatience, takers, takersOf, type TakerSources } from "../analysis/takers.js";
import { type OpenFile, type Snapshot, takeSnapshot } from "../analysis/snapshot.js";
import { isReadable } from "../evidence/assemblyReader.js";
import { packageEvidence } from "../evidence/packageEvidence.js";
import type { Page } from "../explain/page.js";
import { problemSentence } from "../explain/problem.js";
import { type InstalledToolchain, installedToolchains } from "../go/installedToolchains.js";
import type { GoProblem } from "../go/problems.js";
import { goarchOf } from "../go/targets.js";
import type { Position, Range } from "../syntax/sourceText.js";
import { withTree } from "../syntax/treeSitter.js";
import { type Answer, answerAt, withLeakFlows } from "./answer.js";
import { answerPage } from "./answerPage.js";
import { type CompiledFile, compileFile, leakFlows } from "./compiledFile.js";
import { type BuiltFunction, comparisonPage } from "./comparisonPage.js";

export interface QuestionsOptions {
  readonly locator: Pick<PackageLocator, "locate" | "setUp">;
  openFiles(): ReadonlyMap<string, OpenFile>;
  /** What is known of a file's sites: it may be more than a compile alone tells. */
  sitesOf(file: string): readonly SiteEvidence[];
  /** Where to look for what takes a value; the functions of the package at hand are asked first. */
  readonly sources: TakerSources;
}

/** What the machine code says of a site. */
export type SiteEvidence = Pick<Site, "id" | "allocates" | "when" | "evidence">;

/** A page, or why there is none, in a sentence. */
export type Reply = { readonly page: Page } | { readonly problem: string };

interface Compiled {
  readonly located: LocatedPackage;
  readonly snapshot: Snapshot;
  readonly compiled: CompiledFile;
}

export class Questions {
  readonly #options: QuestionsOptions;

  constructor(options: QuestionsOptions) {
    this.#options = options;
  }

  /** What is known of the subject in the range; undefined where there is none. Rejects with AbortError. */
  async ask(file: string, range: Range, signal: AbortSignal): Promise<Reply | undefined> {
    const outcome = await this.#compile(file, signal);
    if ("problem" in outcome) return problem(outcome.problem);
    const { located, compiled } = outcome;
    const known = new Map(this.#options.sitesOf(compiled.file).map((site) => [site.id, site]));
    const better = {
      ...compiled,
      sites: compiled.sites.map((site) => withEvidence(site, known.get(site.id))),
    };
    const { source } = compiled;
    const span = { start: source.offsetOf(range.start), end: source.offsetOf(range.end) };
    const answer = withTree(source, (tree) => answerAt(tree, span, better));
    if (answer === undefined) return undefined;
    const explained =
      answer.kind === "variable" && answer.leaks.length > 0
        ? withLeakFlows(answer, await leakFlows(compiled, outcome.snapshot, located, signal), source)
        : answer;
    const { goMinor } = located;
    return { page: answerPage(explained, better, { goMinor, takers: await this.#takers(answer, compiled) }) };
  }

  /** Which parameters take the values of the sites that the answer has. */
  async #takers(
    answer: Answer,
    { functions }: CompiledFile,
  ): Promise<ReadonlyMap<Site, PassedTo | undefined>> {
    const takerOf = takers({ ...this.#options.sources, functions });
    return await takersOf("sites" in answer ? answer.sites : [], takerOf, pagePatience);
  }

  /** The versions of Go that are installed, seen from a folder (absolute path); undefined where Go cannot be set up. */
  async versions(folder: string): Promise<readonly InstalledToolchain[] | undefined> {
    const answer = await this.#options.locator.setUp(folder);
    return "problem" in answer ? undefined : await installedToolchains(answer.setup);
  }

  /** The function at a place under both builds; undefined outside of functions. Rejects with AbortError. */
  async compare(
    file: string,
    position: Position,
    change: (options: BuildOptions) => BuildOptions,
    signal: AbortSignal,
  ): Promise<Reply | undefined> {
    const own = await this.#compile(file, signal);
    if ("problem" in own) return problem(own.problem);
    if (functionOf(own.compiled, position) === undefined) return undefined;
    const other = await this.#compile(file, signal, change);
    if ("problem" in other) return problem(other.problem);
    // Where the machine code of one target cannot be read, that of the other would make all the difference.
    const isRead = [own, other].every(({ located }) => isReadable(goarchOf(located.target)));
    const before = await builtFunction(own, position, isRead, signal);
    const after = await builtFunction(other, position, isRead, signal);
    return before === undefined || after === undefined ? undefined : { page: comparisonPage(before, after) };
  }

  async #compile(
    file: string,
    signal: AbortSignal,
    change?: (options: BuildOptions) => BuildOptions,
  ): Promise<Compiled | { readonly problem: GoProblem }> {
    const located = await this.#options.locator.locate(file, signal, change);
    if ("problem" in located) return located;
    const snapshot = await takeSnapshot(located.package, this.#options.openFiles(), readText);
    const compiled = await compileFile(located.listedFile, snapshot, located, signal);
    return "problem" in compiled ? compiled : { located, snapshot, compiled };
  }
}

function functionOf({ functions, file }: CompiledFile, position: Position): FunctionInfo | undefined {
  return functionAt(functions.of(file), position);
}

async function builtFunction(
  { located, snapshot, compiled }: Compiled,
  position: Position,
  isRead: boolean,
  signal: AbortSignal,
): Promise<BuiltFunction | undefined> {
  const info = functionOf(compiled, position);
  if (info === undefined) return undefined;
  const { part, file } = compiled;
  const request = {
    part,
    sites: compiled.sites,
    snapshot,
    engine: located.engine,
    goarch: goarchOf(located.target),
  };
  const sites = isRead ? await packageEvidence(request, signal) : compiled.sites;
  const { start, end } = info.range;
  const own = sites.filter(
    (site) => site.file === file && site.range.start.line >= start.line && site.range.start.line <= end.line,
  );
  return { build: { go: located.go, target: located.target }, sites: own, function: info };
}

/** The present place with what is known of the site beside that. */
function withEvidence(site: Site, known: SiteEvidence | undefined): Site {
  if (known === undefined) return site;
  const { allocates, when, evidence } = known;
  return { ...site, allocates, when, evidence };
}

function problem(found: GoProblem): { readonly problem: string } {
  const sentence = problemSentence(found);
  const first = found.message.split("\n").find((line) => line !== "") ?? "";
  return { problem: first === "" || sentence.includes(first) ? sentence : `${sentence}\n${first}` };
}
