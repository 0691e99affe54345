/** Loads and compiles packages in tests through the real layers, without a server. */
import { readFile } from "node:fs/promises";
import { cpus } from "node:os";
import { type Analysis, analyzePackages } from "../../server/src/analysis/analyzePackages.js";
import { BatchEngine } from "../../server/src/compiler/batchEngine.js";
import { type GoSetup, setUpGo } from "../../server/src/go/goSetup.js";
import { loadPackages, type PackageScope } from "../../server/src/go/packageGraph.js";
import type { GoPackage } from "../../server/src/go/packages.js";
import { createTemporaryFolder } from "../../server/src/go/temporary.js";
import { findGo } from "../../server/src/go/toolchain.js";
import { SourceText } from "../../server/src/syntax/sourceText.js";
import { initializeSyntax } from "../../server/src/syntax/treeSitter.js";
import { serverOut } from "./paths.js";

export interface LoadedPackages {
  readonly setup: GoSetup;
  readonly engine: BatchEngine;
  readonly packages: readonly GoPackage[];
  readonly signal: AbortSignal;
}

export interface LoadOptions {
  readonly tests?: boolean;
  readonly tags?: string;
  readonly scope?: PackageScope;
  /** Such as GOTOOLCHAIN. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Finds go as the tools do and loads packages; fails loudly where the person would see a problem. */
export async function load(
  root: string,
  patterns: readonly string[],
  options: LoadOptions = {},
): Promise<LoadedPackages> {
  await initializeSyntax(serverOut);
  const signal = new AbortController().signal;
  const found = await findGo({
    configured: "",
    alternate: "",
    goroot: "",
    workspaceFolders: [],
    env: process.env,
  });
  if ("failure" in found) throw new Error("Go was not found: the tests need it.");
  const temporaryFolder = createTemporaryFolder("test");
  const sources = { base: process.env, settings: options.env ?? {}, temporaryFolder };
  const build = { buildFlags: [], tags: options.tags ?? "", pgo: "auto" };
  const answer = await setUpGo({ go: found.found.file, root, sources, build }, signal);
  if ("problem" in answer) throw new Error(answer.problem.message);
  const { go, env, flags } = answer.setup;
  const scope = options.scope ?? "main";
  const { packages } = await loadPackages(
    { go, env, flags, root, patterns, tests: options.tests ?? true, scope },
    signal,
  );
  return {
    setup: answer.setup,
    engine: new BatchEngine({ go, env, flags, parallelism: cpus().length }),
    packages,
    signal,
  };
}

/** Analyses the packages as the command-line tool does. */
export async function analyze(loaded: LoadedPackages): Promise<Analysis> {
  const input = { engine: loaded.engine, overlays: new Map<string, string>(), textOf };
  return analyzePackages(loaded.packages, input, loaded.signal);
}

export async function textOf(file: string): Promise<SourceText> {
  return new SourceText(await readFile(file, "utf8"));
}
