/**
 * Runs the compiler through `go list -export`: nothing is linked, tests are covered, what is broken does not disturb the
 * rest, and what is unchanged is replayed from Go's cache.
 */
import { compileArguments } from "../go/buildPlan.js";
import { GoCommandError } from "../go/commandError.js";
import type { Environment } from "../go/environment.js";
import { exportFields, parseListing, type ListedPackage } from "../go/listOutput.js";
import { writeOverlay } from "../go/overlay.js";
import type { Overlays, PackageVariant } from "../go/packages.js";
import { firstPosition } from "../go/problems.js";
import { streamProcess } from "../go/process.js";
import { createTemporaryFolder, removeTemporaryFolder } from "../go/temporary.js";
import { nonsense } from "./compileErrors.js";
import type { Engine } from "./engine.js";
import type { ErrorFact, Fact } from "./facts.js";
import { OutputParser } from "./outputParser.js";
import { printedPathResolver } from "./printedPaths.js";

export interface BatchOptions {
  /** Absolute path of the go command. */
  readonly go: string;
  readonly env: Environment;
  /** Build flags of buildPlan.ts. */
  readonly flags: readonly string[];
  /** How many compilers run at once. */
  readonly parallelism: number;
}

/** Longest command line in characters: Windows allows 32,767 (CreateProcess), others far more. */
const argumentLimit = process.platform === "win32" ? 24_000 : 500_000;

export class BatchEngine implements Engine {
  readonly #options: BatchOptions;

  constructor(options: BatchOptions) {
    this.#options = options;
  }

  async *compile(
    variants: readonly PackageVariant[],
    overlays: Overlays,
    signal: AbortSignal,
  ): AsyncGenerator<Fact> {
    if (overlays.size === 0) {
      for (const group of groups(variants)) yield* this.#list(group, undefined, signal);
      return;
    }
    const folder = createTemporaryFolder("overlay");
    try {
      const overlayFile = await writeOverlay(folder, overlays);
      for (const group of groups(variants)) yield* this.#list(group, overlayFile, signal);
    } finally {
      removeTemporaryFolder(folder);
    }
  }

  /** Only the go command itself could tell. */
  keyOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  assemblyOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** What go list replays is all of the package's text, and kept in the person's cache besides. */
  leaksOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  excerptOf(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  dependsOn(): boolean {
    return false;
  }

  async *#list(group: Group, overlayFile: string | undefined, signal: AbortSignal): AsyncGenerator<Fact> {
    const { go, env, flags, parallelism } = this.#options;
    const request = {
      flags,
      patterns: group.patterns,
      tests: group.variants.some((variant) => variant.forTest !== null),
      level: 2 as const,
      parallelism,
      ...(overlayFile !== undefined && { overlayFile }),
    };
    const args = compileArguments(request, exportFields);
    const command = {
      file: go,
      args,
      cwd: group.root,
      env,
      signal,
      outputLimit: outputLimit,
      allowFailure: true,
    };
    const run = streamProcess(command, "stderr");
    const parser = new OutputParser(printedPathResolver(group.root, group.variants));
    for await (const chunk of run.chunks) {
      yield* parser.push(chunk);
      if (parser.isNonsense) throw nonsense([go, ...args]);
    }
    yield* parser.end();
    const { exitCode, stdout, stderr } = await run.result;
    const listed = parseListing(stdout);
    if (listed.length === 0) throw listFailed(command.file, args, exitCode, stderr);
    yield* errorsOf(listed, group);
  }
}

/** go/types alone prints 175 MB at -m=2. */
const outputLimit = 4 * 2 ** 30;

interface Group {
  readonly root: string;
  readonly patterns: readonly string[];
  readonly variants: readonly PackageVariant[];
}

/** Splits the variants so that each command line is short enough; the variants of one package stay together. */
function groups(variants: readonly PackageVariant[]): Group[] {
  const byPattern = new Map<string, PackageVariant[]>();
  for (const variant of variants) {
    const pattern = variant.forTest ?? variant.importPath;
    byPattern.set(pattern, [...(byPattern.get(pattern) ?? []), variant]);
  }
  const result: { root: string; patterns: string[]; variants: PackageVariant[] }[] = [];
  let length = 0;
  for (const [pattern, members] of byPattern) {
    const root = members[0]?.root ?? "";
    const last = result.at(-1);
    length += pattern.length + 3;
    if (last === undefined || last.root !== root || length > argumentLimit) {
      result.push({ root, patterns: [pattern], variants: [...members] });
      length = pattern.length + 3;
    } else {
      last.patterns.push(pattern);
      last.variants.push(...members);
    }
  }
  return result;
}

/** What does not compile, or depends on what does not: the words are the go command's. */
function* errorsOf(listed: readonly ListedPackage[], group: Group): Generator<ErrorFact> {
  const wanted = new Set(group.variants.map((variant) => variant.id));
  for (const { ImportPath, BuildID, Error: own, DepsErrors: inherited } of listed) {
    const message = own?.Err ?? inherited?.[0]?.Err;
    if (!wanted.has(ImportPath) || BuildID !== undefined || message === undefined) continue;
    yield {
      kind: "error",
      variant: ImportPath,
      message,
      position: firstPosition(message, group.root)?.position,
    };
  }
}

function listFailed(
  file: string,
  args: readonly string[],
  exitCode: number | null,
  stderr: string,
): GoCommandError {
  return new GoCommandError("go list failed", {
    kind: "failed",
    command: [file, ...args],
    exitCode,
    signal: null,
    stderr,
  });
}
