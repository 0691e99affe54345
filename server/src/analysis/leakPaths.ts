/** Finds out, for whoever asks, how parameters of functions reach the heap: one compile at a time, and little is kept. */
import type { Engine } from "../compiler/engine.js";
import type { CompilerPosition } from "../compiler/facts.js";
import type { ParameterLeaks } from "../compiler/parameterLeaks.js";
import { stateOf } from "../go/fileState.js";
import type { PackageVariant } from "../go/packages.js";
import { remember } from "../go/remember.js";
import { SourceText } from "../syntax/sourceText.js";
import { type FunctionInfo, parameterLeak } from "./functionInfo.js";
import { leakPath } from "./leakPath.js";
import type { PassedTo } from "./passedTo.js";
import { readText } from "./readText.js";
import { type OpenFile, type Snapshot, takeSnapshot } from "./snapshot.js";

export interface LeakPathsOptions {
  readonly openFiles: () => ReadonlyMap<string, OpenFile>;
  /** The present text of a file (absolute path). Rejects when there is none. */
  readonly readText: (file: string) => Promise<string>;
  /** A function of the package with these files, as the compiler names it there. */
  function(files: readonly string[], name: string): Promise<FunctionInfo | undefined>;
}

/** A package that can be compiled. */
export interface CompiledPackage {
  readonly variant: PackageVariant;
  readonly engine: Engine;
}

/** What a compile says beside the sources. */
type Leaking = Required<Pick<PassedTo, "leakPath">> & { readonly leaks: PassedTo["parameter"]["leaks"] };

/** Answers are kept for as many parameters: those that were asked for last. */
const capacity = 256;

export class LeakPaths {
  readonly #options: LeakPathsOptions;
  /** By the texts of the package and the place of the parameter; apart for each setup of Go, which has its engine. */
  readonly #known = new WeakMap<Engine, Map<string, Promise<Leaking | undefined>>>();
  readonly #ended = new AbortController();
  #compiling: Promise<unknown> = Promise.resolve();

  constructor(options: LeakPathsOptions) {
    this.#options = options;
  }

  /**
   * The same with what leaks of the parameter, and its way to the heap, as a compile of the package says; as it was where
   * it stays, and where that cannot be had. `files`: of the package that declares the function, where that is another one:
   * generic functions are compiled where they are used with a type. Rejects when reading fails, and with AbortError.
   */
  async explained<Passed extends PassedTo>(
    passed: Passed,
    compiled: CompiledPackage,
    files = compiled.variant.files,
  ): Promise<Passed> {
    const leaking = await this.#leaking(passed, compiled, files);
    if (leaking === undefined) return passed;
    const { leaks, leakPath: way } = leaking;
    return { ...passed, parameter: { ...passed.parameter, leaks }, leakPath: way };
  }

  /** Ends what is being compiled; resolves when that is gone. */
  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#compiling;
  }

  async #leaking(
    passed: PassedTo,
    { variant, engine }: CompiledPackage,
    declaredIn: readonly string[],
  ): Promise<Leaking | undefined> {
    const place = await this.#placeOf(passed);
    const { files, overlays } = await this.#openTexts(variant);
    const texts = variant.files.map((file) => files.get(file)?.hash ?? stateOf(file));
    const key = JSON.stringify([variant.id, place, texts]);
    const answers = this.#known.get(engine) ?? new Map<string, Promise<Leaking | undefined>>();
    this.#known.set(engine, answers);
    const answer =
      answers.get(key) ??
      this.#inTurn(async (signal) => {
        const leaks = await engine.leaksOf(variant, overlays, place, signal);
        return leaks && (await this.#answer(passed, leaks, declaredIn));
      });
    remember(answers, key, answer, capacity);
    answer.catch(() => answers.delete(key));
    return await answer;
  }

  async #answer(passed: PassedTo, leaks: ParameterLeaks, files: readonly string[]): Promise<Leaking> {
    const path = await leakPath(passed, leaks, {
      named: (name) => this.#options.function(files, name),
      placeOf: (each) => this.#placeOf(each),
    });
    return { leaks: leaks.leaks.map(parameterLeak), leakPath: path };
  }

  /** Where the compiler's messages about the parameter stand, in the text that it is given. */
  async #placeOf({ function: { file }, parameter }: PassedTo): Promise<CompilerPosition> {
    const source = new SourceText(await this.#options.readText(file));
    const offset = source.offsetOf(parameter.range.start);
    return { file, line: source.lineOf(offset), column: source.columnOf(offset) };
  }

  /** The package's files that are open in the editor. */
  async #openTexts(variant: PackageVariant): Promise<Pick<Snapshot, "files" | "overlays">> {
    const open = this.#options.openFiles();
    const { importPath, dir, root } = variant;
    const files = variant.files.filter((file) => open.has(file));
    const goPackage = { importPath, dir, root, variants: [{ ...variant, files }], ignoredFiles: [] };
    return await takeSnapshot(goPackage, open, readText);
  }

  async #inTurn<Answer>(work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const { signal } = this.#ended;
    const answer = this.#compiling.then(() => {
      signal.throwIfAborted();
      return work(signal);
    });
    this.#compiling = answer.catch(() => undefined);
    return await answer;
  }
}
