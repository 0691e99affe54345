/** Asks `go list` for what a compile plan needs. Dependencies are built where they have to be, the package itself is not. */
import path from "node:path";
import { planCompile, plainPath, type Exports, type PlanOutcome } from "./compilePlan.js";
import { listArguments } from "./buildPlan.js";
import type { Environment } from "./environment.js";
import { parseListing, planFields, type ListedPackage } from "./listOutput.js";
import { writeOverlay } from "./overlay.js";
import type { Overlays, PackageVariant } from "./packages.js";
import { runProcess } from "./process.js";
import { withTemporaryFolder } from "./temporary.js";

export interface RecorderOptions {
  /** Absolute path of the go command. */
  readonly go: string;
  /** From `buildEnvironment`. */
  readonly env: Environment;
  /** From `planBuild`. */
  readonly flags: readonly string[];
}

export interface Recording {
  readonly outcome: PlanOutcome;
  /** All packages that it is built from, itself left out. */
  readonly dependencies: readonly ListedPackage[];
}

/**
 * Records the plan of a variant, with overlays (absolute paths) in place of its files. External tests need the compiled
 * package under test, so recording theirs compiles that, as it is on disk.
 *
 * Throws GoCommandError when go cannot be run or refuses altogether, and AbortError.
 */
export async function recordPlan(
  options: RecorderOptions,
  variant: PackageVariant,
  overlays: Overlays,
  signal: AbortSignal,
): Promise<Recording> {
  return await withTemporaryFolder("plan", async (folder) => {
    const overlayFile = overlays.size === 0 ? undefined : await writeOverlay(folder, overlays);
    return await new Recorder(options, variant, overlayFile, signal).record();
  });
}

class Recorder {
  readonly #options: RecorderOptions;
  readonly #variant: PackageVariant;
  readonly #overlayFile: string | undefined;
  readonly #signal: AbortSignal;

  constructor(
    options: RecorderOptions,
    variant: PackageVariant,
    overlayFile: string | undefined,
    signal: AbortSignal,
  ) {
    this.#options = options;
    this.#variant = variant;
    this.#overlayFile = overlayFile;
    this.#signal = signal;
  }

  async record(): Promise<Recording> {
    const { id, importPath, forTest } = this.#variant;
    const listing = await this.#list(["-deps"], planFields, [forTest ?? importPath]);
    const found = listing.find((listed) => listed.ImportPath === id);
    if (found === undefined) {
      return { outcome: { unsuitable: "go list does not know it" }, dependencies: [] };
    }
    const listed = withTestPatterns(await this.#translated(found), this.#variant, listing);
    const needed = new Set(dependencyIds(listed, listing));
    const dependencies = listing.filter(({ ImportPath }) => needed.has(ImportPath));
    // What cannot be loaded needs no dependencies: the outcome says why.
    if (listed.Error !== undefined) return { outcome: planCompile(listed, new Map(), []), dependencies };
    const importable = dependencies.filter(isFreelyImportable).map(({ ImportPath }) => ImportPath);
    const exports = await this.#exports(listed, importable);
    return { outcome: planCompile(listed, exports, importable), dependencies };
  }

  /** The same with the files that cgo makes of its own, which are made where they have to be. */
  async #translated(listed: ListedPackage): Promise<ListedPackage> {
    if ((listed.CgoFiles ?? []).length === 0) return listed;
    const pattern = this.#variant.forTest ?? this.#variant.importPath;
    const listing = await this.#list(["-compiled"], [...planFields, "CompiledGoFiles"], [pattern]);
    return listing.find(({ ImportPath }) => ImportPath === listed.ImportPath) ?? listed;
  }

  async #exports(listed: ListedPackage, importable: readonly string[]): Promise<Exports> {
    const imports = (listed.Imports ?? []).filter((id) => id !== "C" && id !== "unsafe");
    const fields = ["ImportPath", "Export"];
    // What was compiled anew for a test has no name that go list would take.
    const isOfTest = imports.some((id) => id !== plainPath(id));
    const patterns = isOfTest ? [this.#variant.forTest ?? ""] : [...new Set([...imports, ...importable])];
    if (patterns.length === 0) return new Map();
    const listing = await this.#list(
      isOfTest ? ["-export", "-deps"] : ["-export"],
      fields,
      patterns,
      isOfTest,
    );
    return new Map(
      listing.flatMap(({ ImportPath, Export }) =>
        Export === undefined ? [] : [[ImportPath, Export] as const],
      ),
    );
  }

  async #list(
    options: readonly string[],
    fields: readonly string[],
    patterns: readonly string[],
    tests = this.#variant.forTest !== null,
  ): Promise<ListedPackage[]> {
    const { go, env, flags } = this.#options;
    const overlayFile = this.#overlayFile;
    const request = { flags, patterns, tests, ...(overlayFile !== undefined && { overlayFile }) };
    const [command = "", ...rest] = listArguments(request, fields);
    const { stdout } = await runProcess({
      file: go,
      args: [command, ...options, ...rest],
      cwd: this.#variant.root,
      env,
      signal: this.#signal,
      allowFailure: true,
    });
    return parseListing(stdout);
  }
}

/** Some versions of go list give test variants the embedded files, but only the patterns of the package under test. */
function withTestPatterns(
  listed: ListedPackage,
  { importPath, forTest }: PackageVariant,
  listing: readonly ListedPackage[],
): ListedPackage {
  const tested = listing.find(({ ImportPath }) => ImportPath === forTest);
  if (tested === undefined) return listed;
  const more = importPath === forTest ? tested.TestEmbedPatterns : tested.XTestEmbedPatterns;
  return { ...listed, EmbedPatterns: [...new Set([...(listed.EmbedPatterns ?? []), ...(more ?? [])])] };
}

/** The ids of all that a package is built from. */
function dependencyIds(listed: ListedPackage, listing: readonly ListedPackage[]): string[] {
  const importsOf = new Map(listing.map(({ ImportPath, Imports = [] }) => [ImportPath, Imports]));
  const found = new Set<string>();
  const open = [...(listed.Imports ?? [])];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(importsOf.get(id) ?? []));
  }
  return [...found];
}

/** Packages that every file may import, whatever go.mod says. */
function isFreelyImportable({ Standard, ImportPath }: ListedPackage): boolean {
  if (Standard !== true || ImportPath === "unsafe" || ImportPath !== plainPath(ImportPath)) return false;
  return !ImportPath.split("/").some((part) => part === "internal" || part === "vendor");
}

/** Absolute paths of the sources of a package. */
export function sourceFiles(listed: ListedPackage): string[] {
  const { GoFiles = [], CgoFiles = [], CFiles = [], SFiles = [] } = listed;
  return [...GoFiles, ...CgoFiles, ...CFiles, ...SFiles].map((file) => path.resolve(listed.Dir ?? "", file));
}
