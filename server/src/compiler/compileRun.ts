/** One run of the compiler over one package, read as it writes. */
import path from "node:path";
import type { CompilePlan } from "../go/compilePlan.js";
import { compileCommand, type CompileTool } from "../go/compileTool.js";
import type { Overlays } from "../go/packages.js";
import { streamProcess } from "../go/process.js";
import { createTemporaryFolder, removeTemporaryFolder } from "../go/temporary.js";
import { assemblyFlags } from "./assemblyRun.js";
import { compileError, nonsense } from "./compileErrors.js";
import { writeCompileInputs, type CompileInputs } from "./compileInputs.js";
import type { Fact } from "./facts.js";
import { type LeaksOf, OutputParser } from "./outputParser.js";
import { encodedBytes } from "./printedPlace.js";
import { type Finish, SentinelWatch } from "./sentinel.js";

export interface CompileRequest {
  readonly plan: CompilePlan;
  readonly tool: CompileTool;
  /** Unsaved contents by absolute path. */
  readonly overlays: Overlays;
  /** Absolute paths of export data in place of the plan's, by package path. */
  readonly replaced: ReadonlyMap<string, string>;
  /** Absolute folder from which paths in error messages start. */
  readonly root: string;
  /** Of which files the leaking parameters are explained as well; of none unless given. */
  readonly leaksOf?: LeaksOf;
  /** Whether LeakTargetFacts are yielded; false where nothing is said. */
  readonly leakTargets?: boolean | undefined;
  /** 1: -m; 2: -m=2, with flows. */
  readonly level: 1 | 2;
  /** Whether the compiler is ended at the sentinel, or runs on. */
  readonly finish: Finish;
  /** Takes the text of `-S=2`, which comes behind the sentinel: see `assemblyText`. Only where the compiler runs on. */
  readonly assembly?: { push(text: string): void };
  /** Called with the absolute path of the object when the compiler has run to its end; it is gone afterwards. */
  readonly useObject?: (file: string) => Promise<void>;
  /** Where to cut; nowhere unless given. */
  readonly limit?: OutputLimit;
  /** What is yielded there while the compiler stands still, and how much more is then read. */
  readonly atLimit?: { meanwhile(): AsyncGenerator<readonly Fact[], void>; readonly more: OutputLimit };
}

/** Of the compiler's output. */
export interface OutputLimit {
  /** Bytes where no machine code is asked for. */
  readonly characters: number;
  /** From the first character. */
  readonly milliseconds: number;
}

export interface CompileEnd {
  /** failed: the package does not compile, and an ErrorFact was yielded. */
  readonly ending: "sentinel" | "exit" | "cut" | "failed";
  /** Characters of text that were read; bytes where no machine code was asked for. */
  readonly characters: number;
}

/**
 * Runs the compiler and yields its facts, those about the sentinel left out, and a ProgressFact when the verdicts are
 * complete, unless it is cut or fails before; returns how it ended, all processes and files gone. Facts come in the groups
 * that they are read in, none of them empty: a promise for each fact at each level would take as long as their making.
 * Throws GoCommandError when the compiler cannot be run, is killed or fails in itself, and AbortError.
 */
export async function* runCompile(
  request: CompileRequest,
  signal: AbortSignal,
): AsyncGenerator<readonly Fact[], CompileEnd> {
  const folder = createTemporaryFolder("compile");
  try {
    const { plan, overlays, replaced } = request;
    const inputs = writeCompileInputs(folder, plan, overlays, replaced, request.finish);
    const end = yield* read(request, inputs, signal);
    const isWhole = request.finish === "exit" && end.ending !== "cut" && end.ending !== "failed";
    if (isWhole) await request.useObject?.(inputs.objectFile);
    return end;
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** go/types alone prints 175 MB at -m=2. */
const outputLimit = 4 * 2 ** 30;

async function* read(
  request: CompileRequest,
  inputs: CompileInputs,
  signal: AbortSignal,
): AsyncGenerator<readonly Fact[], CompileEnd> {
  const { plan, tool, level, assembly } = request;
  const args = [`-m=${level}`, ...(assembly === undefined ? [] : assemblyFlags()), ...inputs.args];
  // Machine code is read as text, for which nothing would be won.
  const isBytes = assembly === undefined;
  const stdoutEncoding = isBytes ? "latin1" : "utf-8";
  const options = { signal, outputLimit, stdoutEncoding } as const;
  const command = { ...compileCommand(tool, plan), args, ...options };
  const run = streamProcess({ ...command, allowFailure: true }, "stdout");
  const { leaksOf, leakTargets } = request;
  const parser = new OutputParser((printed) => path.resolve(plan.dir, printed), {
    leaksOf,
    leakTargets,
    isBytes,
  });
  const budget = new Budget(request.limit);
  let { atLimit } = request;
  /** Lines that no rule knows: the compiler's errors, if it turns out to have failed. */
  const unknown: string[] = [];
  const sentinel = new SentinelWatch(isBytes ? encodedBytes(inputs.sentinelFile) : inputs.sentinelFile);
  let ending: CompileEnd["ending"] = "exit";
  let isKnown = false;
  for await (const chunk of run.chunks) {
    budget.spend(chunk.length);
    if (isKnown && assembly !== undefined) {
      assembly.push(chunk);
      continue;
    }
    if (sentinel.push(chunk)) ending = "sentinel";
    // What follows the sentinel's line is machine code, or the cork.
    const behind = assembly === undefined && request.finish === "exit" ? "" : sentinel.rest;
    const text = chunk.slice(0, chunk.length - behind.length);
    const facts = sorted(parser.push(text), inputs.sentinelFile, unknown);
    if (facts.length > 0) yield facts;
    assembly?.push(behind);
    if (parser.isNonsense) throw nonsense([tool.file, ...args]);
    if (ending === "exit" && budget.isSpent()) {
      if (atLimit === undefined) ending = "cut";
      else {
        yield* atLimit.meanwhile();
        budget.renew(atLimit.more);
        atLimit = undefined;
      }
    }
    if (ending === "sentinel" && !isKnown) {
      // Told to end at once, so that what is made of its verdicts has the processor; its end is not waited for.
      if (request.finish === "sentinel") void run.stop();
      yield [verdictsKnown(request)];
    }
    isKnown = ending === "sentinel";
    if (ending === "cut" || (isKnown && request.finish === "sentinel")) break;
  }
  const { characters } = budget;
  const result = await run.result;
  const last = result.stopped ? [] : sorted(parser.end(), inputs.sentinelFile, unknown);
  if (last.length > 0) yield last;
  if (!result.stopped && result.exitCode !== 0) {
    const command = [tool.file, ...args];
    const { copies } = inputs;
    yield [compileError({ plan, command, copies, root: request.root, result, lines: unknown })];
    return { ending: "failed", characters };
  }
  const rest = unknown.map((line): Fact => ({ kind: "unknown", line }));
  if (ending === "exit") rest.push(verdictsKnown(request));
  if (rest.length > 0) yield rest;
  return { ending, characters };
}

function verdictsKnown({ plan, level }: CompileRequest): Fact {
  return { kind: "progress", variant: plan.variant, done: "verdicts", cut: level === 1 };
}

/** The facts without unknown lines, which are put aside, and without what is about the sentinel. */
function sorted(facts: readonly Fact[], sentinelFile: string, unknown: string[]): Fact[] {
  return facts.filter((fact) => {
    if (fact.kind === "unknown") unknown.push(fact.line);
    else return !("position" in fact) || fact.position?.file !== sentinelFile;
    return false;
  });
}

/** How much text may still come. The time is looked at with each part of the text, which comes without a pause. */
class Budget {
  characters = 0;
  #limit: OutputLimit | undefined;
  /** Where the limit began to count: at the first text under it. */
  #since: { readonly characters: number; readonly time: number } | undefined;

  constructor(limit: OutputLimit | undefined) {
    this.#limit = limit;
  }

  spend(characters: number): void {
    this.#since ??= { characters: this.characters, time: performance.now() };
    this.characters += characters;
  }

  isSpent(): boolean {
    if (this.#limit === undefined || this.#since === undefined) return false;
    const { characters, milliseconds } = this.#limit;
    const spent = this.characters - this.#since.characters;
    return spent > characters || performance.now() - this.#since.time > milliseconds;
  }

  renew(limit: OutputLimit): void {
    this.#limit = limit;
    this.#since = undefined;
  }
}
