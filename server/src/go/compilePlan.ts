/** What one compile of a package variant needs, and the command line that `go build` would call the compiler with. */
import path from "node:path";
import { embedConfig } from "./embedConfig.js";
import type { ListedPackage } from "./listOutput.js";

export interface CompilePlan {
  /** The variant's id: `p`, `p [p.test]`, `p_test [p.test]`. */
  readonly variant: string;
  /** The name in the package clause. */
  readonly name: string;
  /** Absolute folder of the package. */
  readonly dir: string;
  /** Absolute paths of what is compiled, in order; generated files (cgo) lie in Go's build cache. */
  readonly sources: readonly string[];
  /** Absolute paths of the files that cgo translates: their text counts only in its translation, and at that moment. */
  readonly cgoFiles: readonly string[];
  /** Flags of the compiler but for its inputs, outputs and messages. */
  readonly flags: readonly string[];
  /** From the path in the source to that of the package, where the two differ (vendored packages of std). */
  readonly importMap: ReadonlyMap<string, string>;
  /** Absolute path of the export data by package path. */
  readonly exports: ReadonlyMap<string, string>;
  /**
   * The variant of the same package that this one, or what is compiled anew for it, imports (external tests do), or null.
   * Whoever compiles sees to its export data where `exports` has none.
   */
  readonly base: string | null;
  /**
   * Packages that import the one under test and that this one imports: they are compiled anew for the test, in this order,
   * and go names no file for that (`q [p.test]`). Whoever compiles sees to their export data as to that of the base.
   */
  readonly recompiled: readonly CompilePlan[];
  /** Contents of the embed configuration, or null without `//go:embed`. */
  readonly embedConfig: string | null;
}

/**
 * What a compile depends on beside the texts of its own package: two plans with equal keys give the same for the same
 * texts. Go names export data in its cache by contents, so that a dependency that says the same is the same file.
 */
export function planKey(plan: CompilePlan): string {
  const { flags, sources, importMap, exports, base, recompiled, embedConfig } = plan;
  const isForeign = ([name]: readonly [string, string]) => base === null || name !== plainPath(base);
  const parts = [flags, sources, [...importMap], [...exports].filter(isForeign), embedConfig];
  return JSON.stringify(recompiled.length === 0 ? parts : [...parts, recompiled.map(planKey)]);
}

/** Absolute path of the export data by id, brackets of test variants included. */
export type Exports = ReadonlyMap<string, string>;

/** A plan, or why the compiler cannot be called directly. */
export type PlanOutcome = { readonly plan: CompilePlan } | { readonly unsuitable: string };

/**
 * Makes the plan of a variant from what `go list` says about it and the export data of the packages it imports. The flags
 * are those of cmd/go/internal/work/gc.go (gc), but for -symabis and -asmhdr, which serve the linker and the assembler.
 *
 * @param listed With `CompiledGoFiles` where it has cgo files.
 * @param importable More packages that its files may come to import without any other change.
 * @param recompiled What `recompiledFor` found: the field of the plan.
 */
export function planCompile(
  listed: ListedPackage,
  exports: Exports,
  importable: readonly string[],
  recompiled: readonly CompilePlan[] = [],
): PlanOutcome {
  const dir = listed.Dir ?? "";
  const imports = (listed.Imports ?? []).filter((id) => !pseudoPackages.has(id));
  const known = new Set([...exports.keys(), ...recompiled.map(({ variant }) => variant)]);
  const obstacle = obstacleOf(listed, imports, known);
  if (obstacle !== undefined) return { unsuitable: obstacle };
  const plan = {
    variant: listed.ImportPath,
    name: listed.Name ?? "",
    dir,
    sources: (listed.CompiledGoFiles ?? listed.GoFiles ?? []).map((file) => path.resolve(dir, file)),
    cgoFiles: (listed.CgoFiles ?? []).map((file) => path.resolve(dir, file)),
    flags: compilerFlags(listed),
    importMap: new Map(
      Object.entries(listed.ImportMap ?? {})
        .map(([from, id]) => [from, plainPath(id)] as const)
        .filter(([from, to]) => from !== to),
    ),
    exports: new Map(
      [...imports, ...importable].flatMap((id) => {
        const file = exports.get(id);
        return file === undefined ? [] : [[plainPath(id), file] as const];
      }),
    ),
    base:
      imports.find((id) => id !== listed.ImportPath && isBase(id, listed)) ??
      recompiled.find(({ base }) => base !== null)?.base ??
      null,
    recompiled,
    embedConfig: embedConfigOf(listed, dir),
  };
  return { plan };
}

/** Whether a source was made by cgo: in Go's build cache files have names without an ending. */
export function isGenerated(source: string): boolean {
  return !source.endsWith(".go");
}

/** The text of the import configuration (`go tool compile`, -importcfg). */
export function importConfig(plan: CompilePlan, replaced: ReadonlyMap<string, string> = new Map()): string {
  const lines = [
    ...Array.from(plan.importMap, ([from, to]) => `importmap ${from}=${to}`),
    ...Array.from(new Map([...plan.exports, ...replaced]), ([name, file]) => `packagefile ${name}=${file}`),
  ];
  return lines.join("\n") + "\n";
}

/** `p [q.test]` without its brackets. */
export function plainPath(id: string): string {
  return id.replace(/ \[.*\]$/, "");
}

/** They are in the compiler, or stand for what cgo makes. */
const pseudoPackages: ReadonlySet<string> = new Set(["C", "unsafe"]);

/** @param known Ids of packages whose export data is there, or will be. */
function obstacleOf(
  listed: ListedPackage,
  imports: readonly string[],
  known: ReadonlySet<string>,
): string | undefined {
  const error = listed.Error ?? listed.DepsErrors?.[0];
  if (error !== undefined) return error.Err;
  // The compiler has it built in, and the files are documentation.
  if (listed.Standard === true && listed.ImportPath === "unsafe") return "it has no code";
  if ([...(listed.SwigFiles ?? []), ...(listed.SwigCXXFiles ?? [])].length > 0) return "it has SWIG files";
  if ((listed.CgoFiles ?? []).length > 0 && listed.CompiledGoFiles === undefined) return "cgo did not run";
  if (asksForAbi(listed)) return "it asks for the ABI of its assembly";
  const missing = imports.find((id) => !known.has(id) && !isBase(id, listed));
  if (missing !== undefined) return `there is no export data of ${missing}`;
  // -trimpath has no way to quote these (cmd/internal/objabi/line.go, ApplyRewrites).
  return /;|=>/.test(listed.Dir ?? "") ? "its path has characters that -trimpath cannot hold" : undefined;
}

function compilerFlags(listed: ListedPackage): string[] {
  const isMain = listed.Name === "main" && (listed.ForTest ?? "") === "";
  const version = languageVersion(listed);
  return [
    `-p=${isMain ? "main" : plainPath(listed.ImportPath)}`,
    ...(version === undefined ? [] : [`-lang=go${version}`]),
    ...(listed.Standard === true ? ["-std"] : []),
    ...(isComplete(listed) ? ["-complete"] : []),
    "-nolocalimports",
  ];
}

/**
 * `1.22` of a go.mod's `1.22.3`; undefined outside of modules, where the compiler's own version counts. A go.mod without a
 * version means 1.16 (cmd/go/internal/gover/gover.go, DefaultGoModVersion).
 */
function languageVersion({ Module }: ListedPackage): string | undefined {
  if (Module === undefined) return undefined;
  return /^\d+\.\d+/.exec(Module.GoVersion ?? "1.16")?.[0];
}

/** Functions without a body are mistakes, unless another language may hold it. Std packages pull theirs out of runtime. */
function isComplete(listed: ListedPackage): boolean {
  const { CgoFiles, CFiles, CXXFiles, MFiles, FFiles, SFiles, SysoFiles } = listed;
  const others = [CgoFiles, CFiles, CXXFiles, MFiles, FFiles, SFiles, SysoFiles];
  return listed.Standard !== true && others.every((files) => (files ?? []).length === 0);
}

/** Parts of std ask how their assembly is called (internal/abi, FuncPCABI0), which go tells the compiler by -symabis. */
function asksForAbi({ Standard, SFiles = [], Imports = [] }: ListedPackage): boolean {
  return Standard === true && SFiles.length > 0 && Imports.includes("internal/abi");
}

/** Whether the package is the one under test, compiled for the tests that another is compiled for. */
export function isBase(id: string, listed: ListedPackage): boolean {
  return (listed.ForTest ?? "") !== "" && plainPath(id) === listed.ForTest;
}

function embedConfigOf({ EmbedPatterns, EmbedFiles }: ListedPackage, dir: string): string | null {
  if (EmbedPatterns === undefined || EmbedPatterns.length === 0) return null;
  return embedConfig(dir, EmbedPatterns, EmbedFiles ?? []);
}
